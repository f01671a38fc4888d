/** What is wrong with one row. */
export interface DataProblem {
  /** The file as it was named by the caller. */
  readonly file: string;
  /** Line of the file counted from 1, the header included; in a Parquet file the row counted from 1. 0: the file as a whole. */
  readonly row: number;
  /** Column as the file names it; '' for the row as a whole. */
  readonly column: string;
  /** For example `'abc' is not a number`. */
  readonly problem: string;
}

/** Problems listed in full; of the rest only the number is kept. */
const listedProblems = 20;

/** Thrown for files that cannot be read as interaction data. The message lists the first problems and counts the rest. */
export class DataFormatError extends Error {
  override readonly name = 'DataFormatError';
  /** The first 20. */
  readonly problems: readonly DataProblem[];
  readonly total: number;

  constructor(problems: readonly DataProblem[], total: number) {
    const lines = problems.map((problem) => `  ${describeProblem(problem)}`);
    const rest = total - problems.length;
    const more = rest > 0 ? [`  and ${rest} more`] : [];
    super([`the data has ${total === 1 ? 'a problem' : `${total} problems`}:`, ...lines, ...more].join('\n'));
    this.problems = problems;
    this.total = total;
  }
}

/** `ratings.csv, row 7, column 'time': 'abc' is not a number`. */
export function describeProblem({ file, row, column, problem }: DataProblem): string {
  const place = [file, row > 0 ? `row ${row}` : '', column === '' ? '' : `column '${column}'`];
  return `${place.filter((part) => part !== '').join(', ')}: ${problem}`;
}

/** Collects problems, in the order in which they are found. */
export class DataProblems {
  readonly #first: DataProblem[] = [];
  #total = 0;

  add(problem: DataProblem): void {
    this.#total++;
    if (this.#first.length < listedProblems) this.#first.push(problem);
  }

  /** The first 20. */
  get first(): readonly DataProblem[] {
    return this.#first;
  }

  get total(): number {
    return this.#total;
  }

  /** Throws a {@link DataFormatError} where there is a problem. */
  throwIfAny(): void {
    if (this.#total > 0) throw new DataFormatError(this.#first, this.#total);
  }
}

/** An error about a file as a whole. */
export function fileError(file: string, problem: string): DataFormatError {
  return new DataFormatError([{ file, row: 0, column: '', problem }], 1);
}
