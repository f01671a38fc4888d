import { Readable } from 'node:stream';

import { CsvError, parse } from 'csv-parse';

import { DataFormatError, fileError } from './data-problems.js';
import type { FileLimits, Table, TableRow } from './table.js';
import { readBytes } from './text-lines.js';

/** Opens a CSV file (RFC 4180, quotes and line breaks in fields included), plain or gzip, whose first record names the columns. */
export async function openCsvFile(file: string, delimiter: string, limits: FileLimits): Promise<Table> {
  const records = recordsOf(file, delimiter, limits);
  const header = await records.next();
  if (header.done === true) throw fileError(file, 'has no header line');
  const names = header.value.cells.map(String);
  if (new Set(names).size !== names.length) throw fileError(file, 'its header names a column twice');
  return { file, columns: names.map((name) => ({ name, type: 'untyped' })), rows: records };
}

async function* recordsOf(file: string, delimiter: string, limits: FileLimits): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: limits.maximumRowBytes,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const bytes = Readable.from(readBytes(file, limits), { objectMode: false });
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let count = -1;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      count++;
      if (count > limits.maximumRows) throw fileError(file, `has more than ${limits.maximumRows} rows`);
      yield { row: info.lines, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error.lines === 'number' ? error.lines : 0;
    throw new DataFormatError([{ file, row, column: '', problem: `is not CSV: ${error.message}` }], 1);
  } finally {
    bytes.destroy();
    parser.destroy();
  }
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}
