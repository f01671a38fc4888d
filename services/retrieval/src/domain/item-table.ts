import { exactScan, type ScanHits } from './exact-scan.js';

/** Rows that a table grows by at least, so that single writes do not copy the whole. */
const SMALLEST_GROWTH = 256;

/**
 * The item vectors of one model version as they are searched: the model's own items first, then those that were written.
 * Writes are visible to the next search. A removed item keeps its row, which is no longer found.
 */
export class ItemTable {
  readonly dim: number;
  readonly #ids: string[];
  readonly #rows = new Map<string, number>();
  #vectors: Float32Array;
  #alive: Uint8Array;
  #removed = 0;

  /**
   * @param ids the model's own items, in the order of its rows
   * @param vectors `[ids.length, dim]`; copied
   */
  constructor(ids: readonly string[], vectors: Float32Array, dim: number) {
    if (vectors.length !== ids.length * dim) {
      throw new RangeError(
        `${ids.length} items of ${dim} dimensions need ${ids.length * dim} numbers, not ${vectors.length}`,
      );
    }
    this.dim = dim;
    this.#ids = [...ids];
    ids.forEach((id, row) => {
      this.#rows.set(id, row);
    });
    this.#vectors = Float32Array.from(vectors);
    this.#alive = new Uint8Array(ids.length).fill(1);
  }

  /** Items that can be found. */
  get size(): number {
    return this.#ids.length - this.#removed;
  }

  /** The item of a row. */
  idOf(row: number): string {
    const id = this.#ids[row];
    if (id === undefined) throw new RangeError(`no row ${row} in a table of ${this.#ids.length}`);
    return id;
  }

  /** The row of an item that can be found; undefined otherwise. */
  rowOf(itemId: string): number | undefined {
    const row = this.#rows.get(itemId);
    return row !== undefined && this.#alive[row] === 1 ? row : undefined;
  }

  /** Adds an item, or gives it another vector, `[dim]`. */
  upsert(itemId: string, vector: Float32Array): void {
    if (vector.length !== this.dim)
      throw new RangeError(`a vector of ${vector.length} in a table of ${this.dim} dimensions`);
    const known = this.#rows.get(itemId);
    const row = known ?? this.#append(itemId);
    this.#vectors.set(vector, row * this.dim);
    if (this.#alive[row] === 0) {
      this.#alive[row] = 1;
      this.#removed -= 1;
    }
  }

  /** Takes an item out of every later search. */
  remove(itemId: string): void {
    const row = this.#rows.get(itemId);
    if (row === undefined || this.#alive[row] === 0) return;
    this.#alive[row] = 0;
    this.#removed += 1;
  }

  /**
   * The `k` best rows for each query, none of `excluded`.
   * @param queries `[count, dim]`
   */
  search(queries: Float32Array, k: number, excluded: ReadonlySet<number>): ScanHits[] {
    const vectors = this.#vectors.subarray(0, this.#ids.length * this.dim);
    return exactScan(vectors, queries, this.dim, k, (row) => this.#alive[row] === 1 && !excluded.has(row));
  }

  #append(itemId: string): number {
    const row = this.#ids.length;
    if ((row + 1) * this.dim > this.#vectors.length) this.#grow(Math.max(SMALLEST_GROWTH, row >> 1));
    this.#ids.push(itemId);
    this.#rows.set(itemId, row);
    this.#alive[row] = 1;
    return row;
  }

  #grow(rows: number): void {
    const vectors = new Float32Array(this.#vectors.length + rows * this.dim);
    vectors.set(this.#vectors);
    const alive = new Uint8Array(this.#alive.length + rows);
    alive.set(this.#alive);
    this.#vectors = vectors;
    this.#alive = alive;
  }
}
