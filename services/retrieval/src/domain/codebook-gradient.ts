import { squaredDistance } from './nearest-code.js';

/**
 * Loss of a codebook and its gradient, for the ablation of running averages: `L = 1/n sum_r ||r - e_m(r)||^2`, the codebook term of
 * VQ-VAE (van den Oord et al. 2017, equation 3), with `dL/de_j = 2/n sum_(r of j) (e_j - r)`. The distance is a *sum* over
 * dimensions: its mean would shrink the term against every other with the width of the vectors, which is how codebooks collapse.
 * Rows are constants: nothing reaches what they were made of.
 *
 * @param rows `[n, dim]`
 * @param assigned code of each row
 */
export function codebookGradient(
  codebook: Float32Array,
  rows: Float32Array,
  assigned: ArrayLike<number>,
  dim: number,
): { readonly loss: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(codebook.length);
  const count = assigned.length;
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const code = assigned[row]!;
    loss += squaredDistance(rows, row, codebook, code, dim) / count;
    for (let i = 0; i < dim; i++)
      gradient[code * dim + i]! += (2 * (codebook[code * dim + i]! - rows[row * dim + i]!)) / count;
  }
  return { loss, gradient };
}

/**
 * One step of gradient descent in place. Every rate up to one half is stable: a code moves by at most its share of the rows towards
 * their mean.
 *
 * @returns the loss before the step
 */
export function gradientStep(
  codebook: Float32Array,
  rows: Float32Array,
  assigned: ArrayLike<number>,
  dim: number,
  rate: number,
): number {
  const { loss, gradient } = codebookGradient(codebook, rows, assigned, dim);
  gradient.forEach((value, i) => {
    codebook[i] = codebook[i]! - rate * value;
  });
  return loss;
}
