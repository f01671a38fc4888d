/** The rows of a table that a batch looks at, and where each entry finds its own among them. */
export interface ChosenRows {
  /** Different rows, ascending. */
  readonly rows: Uint32Array;
  /** Place in `rows` of each entry of the batch. */
  readonly places: Int32Array;
}

/** Collects the different rows among the entries of a batch. */
export function chosenRows(entries: Int32Array): ChosenRows {
  const rows = Uint32Array.from(new Set(entries)).sort();
  const placeOf = new Map<number, number>();
  for (const [place, row] of rows.entries()) placeOf.set(row, place);
  return { rows, places: entries.map((row) => placeOf.get(row)!) };
}

/** Chosen rows of a row-major table, one after the other: `[rows.length, width]`. */
export function copyRows(table: Float32Array, rows: ArrayLike<number>, width: number): Float32Array {
  const copied = new Float32Array(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    copied.set(table.subarray(rows[at]! * width, (rows[at]! + 1) * width), at * width);
  }
  return copied;
}
