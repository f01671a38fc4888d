/** The best rows for one query, best first. */
export interface ScanHits {
  /** Row numbers. */
  readonly rows: Uint32Array;
  /** Inner products and what was added to them, descending; equal ones go by ascending row. */
  readonly scores: Float32Array;
}

/**
 * Exact search by inner product: scores every row for every query and keeps the `k` best of each.
 *
 * @param vectors `[rows, dim]`
 * @param queries `[count, dim]`
 * @param allowed says whether a row may be returned; undefined for all
 * @param bonus is added to the score of a row for every query; rows behind its end have none
 */
export function exactScan(
  vectors: Float32Array,
  queries: Float32Array,
  dim: number,
  k: number,
  allowed?: (row: number) => boolean,
  bonus?: ArrayLike<number>,
): ScanHits[] {
  const rows = vectors.length / dim;
  const count = queries.length / dim;
  const selections = Array.from({ length: count }, () => new TopRows(k));
  for (let row = 0; row < rows; row++) {
    if (allowed && !allowed(row)) continue;
    const added = bonus?.[row] ?? 0;
    for (let query = 0; query < count; query++) {
      selections[query]!.offer(row, innerProduct(vectors, row * dim, queries, query * dim, dim) + added);
    }
  }
  return selections.map((selection) => selection.result());
}

/**
 * The `k` best of some rows for one query.
 *
 * @param vectors `[rows, dim]`
 * @param query `[dim]`
 * @param rows that are looked at, in any order
 * @param bonus see `exactScan`
 */
export function scanRows(
  vectors: Float32Array,
  query: Float32Array,
  dim: number,
  k: number,
  rows: readonly number[],
  allowed: (row: number) => boolean,
  bonus?: ArrayLike<number>,
): ScanHits {
  const selection = new TopRows(k);
  for (const row of rows) {
    if (!allowed(row)) continue;
    selection.offer(row, innerProduct(vectors, row * dim, query, 0, dim) + (bonus?.[row] ?? 0));
  }
  return selection.result();
}

/** Inner product of the vectors at the given offsets: four partial sums in float64, rounded to float32 once. */
export function innerProduct(
  a: Float32Array,
  offsetA: number,
  b: Float32Array,
  offsetB: number,
  dim: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < dim; i += 4) {
    s0 += a[offsetA + i]! * b[offsetB + i]!;
    s1 += a[offsetA + i + 1]! * b[offsetB + i + 1]!;
    s2 += a[offsetA + i + 2]! * b[offsetB + i + 2]!;
    s3 += a[offsetA + i + 3]! * b[offsetB + i + 3]!;
  }
  for (; i < dim; i++) s0 += a[offsetA + i]! * b[offsetB + i]!;
  return Math.fround(s0 + s1 + (s2 + s3));
}

/** Keeps the `k` best of the rows offered to it: a binary heap with the worst on top. */
export class TopRows {
  readonly #k: number;
  readonly #rows: Uint32Array;
  readonly #scores: Float64Array;
  #size = 0;

  constructor(k: number) {
    this.#k = k;
    this.#rows = new Uint32Array(k);
    this.#scores = new Float64Array(k);
  }

  /** @returns the score that a later row has to exceed: the least of the kept ones, minus infinity while there is room */
  offer(row: number, score: number): number {
    if (this.#size < this.#k) {
      this.#size++;
      this.#raise(this.#size - 1, row, score);
    } else if (this.#k > 0 && this.#isWorse(this.#rows[0]!, this.#scores[0]!, row, score)) {
      this.#sink(row, score);
    }
    if (this.#k === 0) return Number.POSITIVE_INFINITY;
    return this.#size < this.#k ? Number.NEGATIVE_INFINITY : this.#scores[0]!;
  }

  result(): ScanHits {
    const order = Array.from({ length: this.#size }, (_, i) => i).sort(
      (a, b) => this.#scores[b]! - this.#scores[a]! || this.#rows[a]! - this.#rows[b]!,
    );
    return {
      rows: Uint32Array.from(order, (i) => this.#rows[i]!),
      scores: Float32Array.from(order, (i) => this.#scores[i]!),
    };
  }

  /** Whether row a comes after row b in the answer. */
  #isWorse(a: number, scoreA: number, b: number, scoreB: number): boolean {
    return scoreA !== scoreB ? scoreA < scoreB : a > b;
  }

  #raise(position: number, row: number, score: number): void {
    let child = position;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isWorse(row, score, this.#rows[parent]!, this.#scores[parent]!)) break;
      this.#move(parent, child);
      child = parent;
    }
    this.#rows[child] = row;
    this.#scores[child] = score;
  }

  #sink(row: number, score: number): void {
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.#size) break;
      const other = child + 1;
      if (
        other < this.#size &&
        this.#isWorse(this.#rows[other]!, this.#scores[other]!, this.#rows[child]!, this.#scores[child]!)
      ) {
        child = other;
      }
      if (!this.#isWorse(this.#rows[child]!, this.#scores[child]!, row, score)) break;
      this.#move(child, parent);
      parent = child;
    }
    this.#rows[parent] = row;
    this.#scores[parent] = score;
  }

  #move(from: number, to: number): void {
    this.#rows[to] = this.#rows[from]!;
    this.#scores[to] = this.#scores[from]!;
  }
}
