/** A value in a table of results. */
export type ResultCell = string | number | boolean | null;

/** A row of a table of results: column name to value. */
export type ResultRow = { readonly [column: string]: ResultCell };

/** A part of the rows, as a page shows it. */
export interface ResultTable {
  readonly title: string;
  readonly rows: readonly ResultRow[];
}

/** What a results command hands over to be written. */
export interface ResultReport {
  /** Name of the file without extension, for example `retrieval`; a part of `bars.json` where it has bars. */
  readonly name: string;
  /** First line of the page. */
  readonly title: string;
  /** What the figures say and do not say, in paragraphs of Markdown. */
  readonly notes?: readonly string[];
  /** The command that prints these figures again, from the root of the checkout. */
  readonly command: string;
  readonly seeds: readonly number[];
  readonly rows: readonly ResultRow[];
  /** What the page shows in the place of `rows`, where they are too wide or too many for one table. */
  readonly tables?: readonly ResultTable[];
  /** Value of each bar of this part of `bars.json`, by its id. */
  readonly measured: { readonly [id: string]: number };
}

/** A results file as it is stored. */
export interface ResultFile {
  readonly command: string;
  /** Commit that was checked out, hexadecimal; `unknown` outside a git checkout. */
  readonly commit: string;
  /** Digest of the sources that made the figures, see `sourcesDigest`. */
  readonly sources: string;
  /** When it was written, RFC 3339. */
  readonly date: string;
  /** Processor, number of processors, memory and system. */
  readonly machine: string;
  /** Version of Node. */
  readonly node: string;
  readonly seeds: readonly number[];
  readonly rows: readonly ResultRow[];
  readonly measured: { readonly [id: string]: number };
}
