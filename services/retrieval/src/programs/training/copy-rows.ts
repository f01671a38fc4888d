/** Chosen rows of a row-major table, `[rows.length, width]`. */
export function copyRows(table: Float32Array, rows: Uint32Array, width: number): Float32Array {
  const chosen = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    chosen.set(table.subarray(row * width, (row + 1) * width), i * width);
  });
  return chosen;
}
