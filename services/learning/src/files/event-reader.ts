import { type Read, readNumber, readTimestamp, readToken } from './cells.js';
import type { EventColumns, PartialColumns } from './column-map.js';
import { type DataProblems, fileError } from './data-problems.js';
import type { Cell, Table, TableRow } from './table.js';

/** An event as a file tells it. */
export interface RawEvent {
  readonly row: number;
  readonly userId: string;
  readonly itemId: string;
  readonly domain: string;
  readonly timestampMs: number;
  readonly value: number;
}

/**
 * Reads the events of a table; rows that are wrong are added to `problems` and left out.
 *
 * @param given what the caller says of the columns; the customary names are `user_id`, `item_id`, `domain`,
 *   `timestamp` (seconds) and `rating`
 * @param domain domain of the whole file where it has no such column
 */
export async function* readEvents(
  table: Table,
  given: PartialColumns<EventColumns>,
  domain: string,
  problems: DataProblems,
): AsyncGenerator<RawEvent> {
  const columns = resolveEventColumns(table, given);
  const names = table.columns.map((column) => column.name);
  const places = {
    user: names.indexOf(columns.user),
    item: names.indexOf(columns.item),
    domain: names.indexOf(columns.domain),
    timestamp: names.indexOf(columns.timestamp),
    value: names.indexOf(columns.value),
  };
  for await (const row of table.rows) {
    if (!hasAllCells(table, row, problems)) continue;
    const read = <T>(place: number, absent: T, reader: (cell: Cell) => Read<T>): T | undefined => {
      if (place < 0) return absent;
      const result = reader(row.cells[place]);
      if ('value' in result) return result.value;
      problems.add({ file: table.file, row: row.row, column: names[place]!, problem: result.problem });
      return undefined;
    };
    const userId = read(places.user, '', readToken);
    const itemId = read(places.item, '', readToken);
    const domainName = read(places.domain, domain, readToken);
    const timestampMs = read(places.timestamp, row.row, (cell) => readTimestamp(cell, columns.timestampUnit));
    const value = read(places.value, 1, readNumber);
    if (userId === undefined || itemId === undefined || domainName === undefined) continue;
    if (timestampMs === undefined || value === undefined) continue;
    yield { row: row.row, userId, itemId, domain: domainName, timestampMs, value };
  }
}

/** Whether a row has as many cells as the table has columns; if not, it is a problem. */
export function hasAllCells(table: Table, row: TableRow, problems: DataProblems): boolean {
  if (row.cells.length === table.columns.length) return true;
  const problem = `has ${row.cells.length} columns, the header has ${table.columns.length}`;
  problems.add({ file: table.file, row: row.row, column: '', problem });
  return false;
}

/** The column by a given name, which has to exist, or by the customary one, if it does; '' for none. */
export function resolveColumn(table: Table, given: string | undefined, customary: string): string {
  const has = (name: string) => table.columns.some((column) => column.name === name);
  if (given === undefined) return has(customary) ? customary : '';
  if (given !== '' && !has(given)) {
    throw fileError(
      table.file,
      `has no column '${given}'; it has ${table.columns.map((c) => c.name).join(', ')}`,
    );
  }
  return given;
}

function resolveEventColumns(table: Table, given: PartialColumns<EventColumns>): EventColumns {
  const columns = {
    user: resolveColumn(table, given.user, 'user_id'),
    item: resolveColumn(table, given.item, 'item_id'),
    domain: resolveColumn(table, given.domain, 'domain'),
    timestamp: resolveColumn(table, given.timestamp, 'timestamp'),
    timestampUnit: given.timestampUnit ?? 'seconds',
    value: resolveColumn(table, given.value, 'rating'),
  };
  for (const role of ['user', 'item'] as const) {
    if (columns[role] === '') {
      throw fileError(
        table.file,
        `has no column for the ${role}: name it in the column map (usual: ${role}_id)`,
      );
    }
  }
  return columns;
}
