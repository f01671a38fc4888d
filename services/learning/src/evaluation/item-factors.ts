import { createRandom } from '../random/random.js';
import type { ItemNeighbours } from './item-neighbours.js';

/** Low-rank factors of items, row-major in float64. */
export interface ItemFactors {
  readonly items: number;
  readonly rank: number;
  readonly values: Float64Array;
}

/**
 * Factors of an item-kNN table: the neighbours' similarities, made symmetric by the mean of both directions, are projected on
 * their dominant subspace, found by subspace iteration (Halko, Martinsson and Tropp 2011, section 4.5) from a random start. The
 * rows are S Q, which is the eigenvectors times the eigenvalues up to a rotation. All sums are float64 in a fixed order.
 *
 * @param settings.seed 32 bytes, for the start
 */
export function factoriseNeighbours(
  neighbours: ItemNeighbours,
  settings: { readonly rank: number; readonly iterations: number; readonly seed: Uint8Array },
): ItemFactors {
  const items = neighbours.items.length;
  const rank = Math.min(settings.rank, items);
  const random = createRandom(settings.seed, 'item-factors');
  let basis = Float64Array.from({ length: items * rank }, () => random.normal());
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    orthonormalise(basis, items, rank);
    basis = multiply(neighbours, basis, rank);
  }
  return { items, rank, values: basis };
}

/** (A + A^T)/2 times a matrix of `rank` columns. */
function multiply(neighbours: ItemNeighbours, matrix: Float64Array, rank: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(matrix.length);
  for (let item = 0; item < neighbours.items.length; item++) {
    const others = neighbours.items[item]!;
    const similarities = neighbours.similarities[item]!;
    for (let place = 0; place < others.length; place++) {
      const half = 0.5 * similarities[place]!;
      const own = item * rank;
      const other = others[place]! * rank;
      for (let column = 0; column < rank; column++) {
        product[own + column]! += half * matrix[other + column]!;
        product[other + column]! += half * matrix[own + column]!;
      }
    }
  }
  return product;
}

/** Gram-Schmidt on the columns, each cleared twice of those before it; a column that vanishes stays zero. */
function orthonormalise(matrix: Float64Array, rows: number, rank: number): void {
  for (let column = 0; column < rank; column++) {
    for (let pass = 0; pass < 2; pass++)
      for (let before = 0; before < column; before++) {
        const shared = columnProduct(matrix, rows, rank, before, column);
        for (let row = 0; row < rows; row++)
          matrix[row * rank + column]! -= shared * matrix[row * rank + before]!;
      }
    const norm = Math.sqrt(columnProduct(matrix, rows, rank, column, column));
    const scale = norm > 1e-12 ? 1 / norm : 0;
    for (let row = 0; row < rows; row++) matrix[row * rank + column]! *= scale;
  }
}

function columnProduct(matrix: Float64Array, rows: number, rank: number, a: number, b: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += matrix[row * rank + a]! * matrix[row * rank + b]!;
  return sum;
}
