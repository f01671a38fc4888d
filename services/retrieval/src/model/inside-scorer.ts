import { dispose, keep, logSumExp, matMul, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { exp, log } from '@isthmus/learning';
import { innerProduct } from '../domain/exact-scan.js';
import { rowsByCell } from '../domain/interest-dictionary.js';
import type { InterestLists } from '../domain/interest-lists.js';

/** What a query says of the items of its interest. */
export interface InsideScores {
  readonly rows: readonly number[];
  /** Inner products, by place in `rows`. */
  readonly scores: Float32Array;
  /** Log of the sum of their exponentials; 0 for an interest without items. */
  readonly logNormaliser: number;
}

/** From so many queries on those of one interest are multiplied together. */
const many = 256;

/** Scores items among those of their interest. The lists must not change. */
export class InsideScorer {
  readonly #vectors: Float32Array;
  readonly #dim: number;
  readonly #lists: InterestLists;
  readonly #tables = new Map<number, Tensor>();

  /** @param vectors of the items among those of their interest, `[items, dim]` */
  constructor(vectors: Float32Array, dim: number, lists: InterestLists) {
    this.#vectors = vectors;
    this.#dim = dim;
    this.#lists = lists;
  }

  /**
   * What each query says of the items of its interest. Few queries give the same bits alone and in company; many are computed by
   * the kernels, whose sums round differently.
   *
   * @param queries `[count, dim]`
   * @param tuples number of the interest of each
   */
  score(queries: Float32Array, tuples: readonly number[]): InsideScores[] {
    return tuples.length < many
      ? tuples.map((tuple, k) => this.#scoreOne(queries, k, tuple))
      : this.#scoreMany(queries, tuples);
  }

  /** Gives the memory back. */
  dispose(): void {
    dispose([...this.#tables.values()]);
    this.#tables.clear();
  }

  #scoreOne(queries: Float32Array, k: number, tuple: number): InsideScores {
    const dim = this.#dim;
    const rows = this.#lists.rowsOf(tuple);
    const scores = new Float32Array(rows.length);
    let top = Number.NEGATIVE_INFINITY;
    rows.forEach((row, i) => {
      scores[i] = innerProduct(this.#vectors, row * dim, queries, k * dim, dim);
      top = Math.max(top, scores[i]!);
    });
    let sum = 0;
    for (const score of scores) sum += exp(score - top);
    return { rows, scores, logNormaliser: rows.length === 0 ? 0 : top + log(sum) };
  }

  #scoreMany(queries: Float32Array, tuples: readonly number[]): InsideScores[] {
    const dim = this.#dim;
    const result = new Array<InsideScores>(tuples.length);
    for (const [tuple, places] of rowsByCell(tuples)) {
      const rows = this.#lists.rowsOf(tuple);
      const own = new Float32Array(places.length * dim);
      places.forEach((k, i) => {
        own.set(queries.subarray(k * dim, (k + 1) * dim), i * dim);
      });
      scoped(() => {
        if (rows.length === 0) {
          for (const k of places) result[k] = { rows, scores: new Float32Array(), logNormaliser: 0 };
          return;
        }
        const products = matMul(tensor(own, [places.length, dim]), this.#tableOf(tuple, rows), false, true);
        const scores = products.dataSync<'float32'>();
        const normalisers = logSumExp(products).dataSync<'float32'>();
        places.forEach((k, i) => {
          const of = scores.slice(i * rows.length, (i + 1) * rows.length);
          result[k] = { rows, scores: of, logNormaliser: normalisers[i]! };
        });
      });
    }
    return result;
  }

  #tableOf(tuple: number, rows: readonly number[]): Tensor {
    let table = this.#tables.get(tuple);
    if (table === undefined) {
      const dim = this.#dim;
      const vectors = new Float32Array(rows.length * dim);
      rows.forEach((row, i) => {
        vectors.set(this.#vectors.subarray(row * dim, (row + 1) * dim), i * dim);
      });
      table = keep(tensor(vectors, [rows.length, dim]));
      this.#tables.set(tuple, table);
    }
    return table;
  }
}
