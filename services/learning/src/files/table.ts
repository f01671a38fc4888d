/** A value as a file has it, before it is understood. */
export type Cell = string | number | bigint | boolean | Date | readonly Cell[] | null | undefined;

/** Types of a RecBole header; other formats have `untyped` columns. */
export type ColumnType = 'token' | 'float' | 'token_seq' | 'float_seq' | 'untyped';

/** A column of a file. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A row of a file. */
export interface TableRow {
  /** See `DataProblem.row`. */
  readonly row: number;
  /** As many as the file gives, which may differ from the number of columns. */
  readonly cells: readonly Cell[];
}

/** A file of rows, whatever its format; rows are read as they are asked for. */
export interface Table {
  readonly file: string;
  readonly columns: readonly TableColumn[];
  readonly rows: AsyncIterable<TableRow>;
}

/** Bounds on what is read. Hostile or broken files meet them before they fill the memory. */
export interface FileLimits {
  /** Rows of one file. */
  readonly maximumRows: number;
  /** Bytes of one file after decompression. */
  readonly maximumBytes: number;
  /** Bytes of one line or record. */
  readonly maximumRowBytes: number;
  /** Users and items of the data set. */
  readonly maximumUsers: number;
  readonly maximumItems: number;
}

/** 200 million rows, 32 GiB, 1 MiB a row, 50 million users, 20 million items. */
export const defaultFileLimits: FileLimits = {
  maximumRows: 200_000_000,
  maximumBytes: 32 * 2 ** 30,
  maximumRowBytes: 2 ** 20,
  maximumUsers: 50_000_000,
  maximumItems: 20_000_000,
};
