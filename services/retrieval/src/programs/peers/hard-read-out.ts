import { gatherRows, reshape, type Tensor } from '@isthmus/kernels';

/**
 * Of the vectors of each row the one with the largest inner product with the row's target, the first of equal ones: only this one
 * learns from the target (ComiRec, Cen et al. 2020, equation 8).
 *
 * @param vectors `[rows, vectors * dim]`
 * @param targets `[rows, dim]`
 * @returns `[rows, dim]`
 */
export function hardReadOut(vectors: Tensor, targets: Tensor): Tensor {
  const [rows, dim] = targets.shape as [number, number];
  const count = (vectors.shape[1] as number) / dim;
  if (count === 1) return vectors;
  const all = vectors.dataSync<'float32'>();
  const wanted = targets.dataSync<'float32'>();
  const chosen = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      const start = (row * count + k) * dim;
      let product = 0;
      for (let i = 0; i < dim; i++) product += all[start + i]! * wanted[row * dim + i]!;
      if (product <= best) continue;
      best = product;
      chosen[row] = row * count + k;
    }
  }
  return gatherRows(reshape(vectors, [rows * count, dim]), chosen);
}
