import { fileError } from './data-problems.js';
import type { ColumnType, FileLimits, Table, TableColumn, TableRow } from './table.js';
import { readLines } from './text-lines.js';

/**
 * Opens a RecBole atomic file (`.inter`, `.item`), plain or gzip: tab-separated, and the first line names each column
 * as `name:type` with the types token, float, token_seq and float_seq.
 */
export async function openAtomicFile(file: string, limits: FileLimits): Promise<Table> {
  const lines = readLines(file, limits);
  const header = await lines.next();
  if (header.done === true || header.value === '') throw fileError(file, 'has no header line');
  const columns = header.value
    .replace(/^\uFEFF/, '')
    .split('\t')
    .map((field) => parseColumn(file, field));
  const names = new Set(columns.map((column) => column.name));
  if (names.size !== columns.length) throw fileError(file, 'its header names a column twice');
  return { file, columns, rows: rowsOf(file, lines, limits) };
}

async function* rowsOf(
  file: string,
  lines: AsyncGenerator<string>,
  limits: FileLimits,
): AsyncGenerator<TableRow> {
  let row = 1;
  for await (const line of lines) {
    row++;
    if (row - 1 > limits.maximumRows) throw fileError(file, `has more than ${limits.maximumRows} rows`);
    if (line !== '') yield { row, cells: line.split('\t') };
  }
}

const types: readonly ColumnType[] = ['token', 'float', 'token_seq', 'float_seq'];

function parseColumn(file: string, field: string): TableColumn {
  const [name, typeName, ...more] = field.split(':');
  const type = types.find((known) => known === typeName);
  if (name === undefined || name === '' || type === undefined || more.length > 0) {
    throw fileError(
      file,
      `its header has '${field.slice(0, 60)}' where 'name:type' is expected (${types.join(', ')})`,
    );
  }
  return { name, type };
}
