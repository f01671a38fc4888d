/** Gradient of a few rows of a matrix [rows, width]. */
export interface RowGradient {
  /** Row numbers, ascending and different. */
  readonly rows: Uint32Array;
  /** Row-major values [rows.length, width]. */
  readonly values: Float32Array;
  readonly width: number;
}

/**
 * Sums a gradient with repeated rows into one with different rows.
 *
 * Order: the rows come out ascending, and the contributions to a row are added in the order in which they stand, in
 * float64, and rounded to float32 once at the end.
 *
 * @param rows row number of each contribution
 * @param values row-major contributions [rows.length, width]
 */
export function sumRows(rows: ArrayLike<number>, values: ArrayLike<number>, width: number): RowGradient {
  const order = Uint32Array.from({ length: rows.length }, (_, index) => index).sort(
    (a, b) => rows[a]! - rows[b]! || a - b,
  );
  let distinct = 0;
  for (let index = 0; index < order.length; index++) {
    if (index === 0 || rows[order[index]!] !== rows[order[index - 1]!]) distinct++;
  }
  const resultRows = new Uint32Array(distinct);
  const resultValues = new Float32Array(distinct * width);
  const sum = new Float64Array(width);
  let output = 0;
  for (let start = 0; start < order.length; ) {
    const row = rows[order[start]!]!;
    sum.fill(0);
    let next = start;
    for (; next < order.length && rows[order[next]!] === row; next++) {
      const offset = order[next]! * width;
      for (let column = 0; column < width; column++) sum[column] = sum[column]! + values[offset + column]!;
    }
    resultRows[output] = row;
    resultValues.set(sum, output * width);
    output++;
    start = next;
  }
  return { rows: resultRows, values: resultValues, width };
}
