import { maximumNumbers, maximumTokens } from '../interactions/catalogue-item-codec.js';
import { type Read, readNumbers, readToken, readTokens } from './cells.js';
import type { ItemColumns, PartialColumns } from './column-map.js';
import { type DataProblems, fileError } from './data-problems.js';
import { hasAllCells, resolveColumn } from './event-reader.js';
import type { Cell, Table } from './table.js';

/** An item as a file tells it. */
export interface RawItem {
  readonly row: number;
  readonly itemId: string;
  readonly domain: string;
  readonly category: string;
  readonly tokens: readonly string[];
  readonly numbers: readonly number[];
}

/**
 * Reads the items of a table; rows that are wrong are added to `problems` and left out. Without a column map, `category`
 * is the category, every token_seq column gives tokens, and every float and float_seq column gives numbers.
 *
 * @param domain domain of the whole file where it has no such column
 */
export async function* readItems(
  table: Table,
  given: PartialColumns<ItemColumns>,
  domain: string,
  problems: DataProblems,
): AsyncGenerator<RawItem> {
  const columns = resolveItemColumns(table, given);
  const names = table.columns.map((column) => column.name);
  const placeOf = (name: string) => names.indexOf(name);
  let width = -1;
  for await (const row of table.rows) {
    if (!hasAllCells(table, row, problems)) continue;
    let isGood = true;
    const complain = (column: string, problem: string) => {
      problems.add({ file: table.file, row: row.row, column, problem });
      isGood = false;
    };
    const read = <T>(name: string, absent: T, reader: (cell: Cell) => Read<T>): T => {
      if (name === '') return absent;
      const result = reader(row.cells[placeOf(name)]);
      if ('value' in result) return result.value;
      complain(name, result.problem);
      return absent;
    };
    const itemId = read(columns.item, '', readToken);
    const domainName = read(columns.domain, domain, readToken);
    const category = read(columns.category, [], readTokens)[0] ?? '';
    const tokens = columns.tokens.flatMap((name) => {
      const values = read(name, [], readTokens);
      return columns.tokens.length > 1 ? values.map((value) => `${name}:${value}`) : values;
    });
    const numbers = columns.numbers.flatMap((name) => read(name, [], readNumbers));
    if (tokens.length > maximumTokens)
      complain('', `has ${tokens.length} tokens, the limit is ${maximumTokens}`);
    if (width < 0 && isGood) width = numbers.length;
    if (isGood && numbers.length !== width)
      complain('', `has ${numbers.length} numbers, earlier items ${width}`);
    if (numbers.length > maximumNumbers)
      complain('', `has ${numbers.length} numbers, the limit is ${maximumNumbers}`);
    if (isGood) yield { row: row.row, itemId, domain: domainName, category, tokens, numbers };
  }
}

function resolveItemColumns(table: Table, given: PartialColumns<ItemColumns>): ItemColumns {
  const item = resolveColumn(table, given.item, 'item_id');
  if (item === '')
    throw fileError(table.file, 'has no column for the item: name it in the column map (usual: item_id)');
  const ofType = (...types: readonly string[]) =>
    table.columns.filter((column) => types.includes(column.type)).map((column) => column.name);
  return {
    item,
    domain: resolveColumn(table, given.domain, 'domain'),
    category: resolveColumn(table, given.category, 'category'),
    tokens: (given.tokens ?? ofType('token_seq')).map((name) => resolveColumn(table, name, name)),
    numbers: (given.numbers ?? ofType('float', 'float_seq')).map((name) => resolveColumn(table, name, name)),
  };
}
