import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

import { fileError } from './data-problems.js';
import type { Cell, FileLimits, Table, TableRow } from './table.js';

/** Rows decoded at a time. */
const rowsAtATime = 65_536;
/** Largest row group, after decompression: a group is held in memory. */
const maximumGroupBytes = 2n ** 31n;

/** Opens a Parquet file (uncompressed or Snappy). */
export async function openParquetFile(file: string, limits: FileLimits): Promise<Table> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await attempt(file, () => parquetMetadataAsync(buffer));
  if (metadata.num_rows > BigInt(limits.maximumRows))
    throw fileError(file, `has more than ${limits.maximumRows} rows`);
  if (metadata.row_groups.some((group) => group.total_byte_size > maximumGroupBytes)) {
    throw fileError(file, `has a row group of more than ${maximumGroupBytes} bytes`);
  }
  const names = columnNames(metadata);
  return {
    file,
    columns: names.map((name) => ({ name, type: 'untyped' })),
    rows: rowsOf(file, buffer, metadata, names),
  };
}

async function* rowsOf(
  file: string,
  buffer: Awaited<ReturnType<typeof asyncBufferFromFile>>,
  metadata: FileMetaData,
  names: readonly string[],
): AsyncGenerator<TableRow> {
  const total = Number(metadata.num_rows);
  for (let start = 0; start < total; start += rowsAtATime) {
    const rowEnd = Math.min(total, start + rowsAtATime);
    const rows = await attempt(file, () =>
      parquetReadObjects({ file: buffer, metadata, rowStart: start, rowEnd }),
    );
    for (const [offset, values] of rows.entries()) {
      yield { row: start + offset + 1, cells: names.map((name) => values[name] as Cell) };
    }
  }
}

/** Names of the top-level columns. */
function columnNames(metadata: FileMetaData): string[] {
  const names: string[] = [];
  const { schema } = metadata;
  for (let index = 1; index < schema.length; index = afterSubtree(schema, index))
    names.push(schema[index]!.name);
  return names;
}

function afterSubtree(schema: FileMetaData['schema'], index: number): number {
  let next = index + 1;
  for (let child = 0; child < (schema[index]?.num_children ?? 0); child++) next = afterSubtree(schema, next);
  return next;
}

/** The library throws plain errors on files that are damaged: they are the file's problem. */
async function attempt<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw fileError(
      file,
      `cannot be read as Parquet: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
