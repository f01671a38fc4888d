import { openAtomicFile } from './atomic-file.js';
import { openCsvFile } from './csv-file.js';
import { fileError } from './data-problems.js';
import { openParquetFile } from './parquet-file.js';
import type { FileLimits, Table } from './table.js';

/** Opens a file by the end of its name: `.inter`, `.item`, `.csv`, `.tsv` (each also `.gz`) or `.parquet`. */
export function openTable(file: string, limits: FileLimits): Promise<Table> {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.inter') || name.endsWith('.item')) return openAtomicFile(file, limits);
  if (name.endsWith('.csv')) return openCsvFile(file, ',', limits);
  if (name.endsWith('.tsv')) return openCsvFile(file, '\t', limits);
  if (name.endsWith('.parquet')) return openParquetFile(file, limits);
  return Promise.reject(
    fileError(file, 'its name ends in none of .inter, .item, .csv, .tsv (or with .gz), .parquet'),
  );
}
