import { exactScan, type ScanHits, scanRows } from './exact-scan.js';
import { InterestLists } from './interest-lists.js';

/** Rows that a table grows by at least, so that single writes do not copy the whole. */
const SMALLEST_GROWTH = 256;

/** What interest an item belongs to. */
export interface ItemInterests {
  /** Codes of each level of the dictionary. */
  readonly counts: readonly number[];
  /** Codes of an item, `[levels]`. */
  codesOf(itemId: string, vector: Float32Array): ArrayLike<number>;
}

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
  readonly #interests: ItemInterests | undefined;
  readonly #lists: InterestLists;

  /**
   * @param ids the model's own items, in the order of its rows
   * @param vectors `[ids.length, dim]`; copied
   * @param interests undefined for a model without a dictionary
   */
  constructor(ids: readonly string[], vectors: Float32Array, dim: number, interests?: ItemInterests) {
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
    this.#interests = interests;
    this.#lists = new InterestLists(interests?.counts ?? []);
    ids.forEach((id, row) => {
      this.#list(row, id, vectors.subarray(row * dim, (row + 1) * dim));
    });
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
    this.#list(row, itemId, vector);
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
    this.#lists.remove(row);
    this.#removed += 1;
  }

  /**
   * The `k` best rows for each query, none of `excluded`.
   * @param queries `[count, dim]`
   * @param bonus is added to the scores of the model's own items, by row
   */
  search(
    queries: Float32Array,
    k: number,
    excluded: ReadonlySet<number>,
    bonus?: ArrayLike<number>,
  ): ScanHits[] {
    const vectors = this.#vectors.subarray(0, this.#ids.length * this.dim);
    const allowed = (row: number) => this.#alive[row] === 1 && !excluded.has(row);
    return exactScan(vectors, queries, this.dim, k, allowed, bonus);
  }

  /**
   * The `k` best rows for each interest, none of `excluded`, and how many were looked at. With a dictionary a query is for the
   * items of its interest, and one without codes for those of all interests that have no query.
   *
   * @param queries `[interests, dim]`
   * @param interests codes of each query's interest
   * @param bonus see `search`
   */
  searchInterests(
    queries: Float32Array,
    interests: readonly (readonly number[])[],
    k: number,
    excluded: ReadonlySet<number>,
    bonus?: ArrayLike<number>,
  ): { readonly hits: ScanHits[]; readonly rowsScanned: number } {
    if (this.#interests === undefined)
      return { hits: this.search(queries, k, excluded, bonus), rowsScanned: this.size * interests.length };
    const named = new Set(
      interests.filter((codes) => codes.length > 0).map((codes) => this.#lists.tupleOf(codes)),
    );
    const vectors = this.#vectors.subarray(0, this.#ids.length * this.dim);
    const allowed = (row: number) => !excluded.has(row);
    const isOther = (row: number) =>
      this.#alive[row] === 1 && allowed(row) && !named.has(this.#lists.interestOf(row));
    const others = [...named].reduce((left, tuple) => left - this.#lists.rowsOf(tuple).length, this.size);
    let rowsScanned = 0;
    const hits = interests.map((codes, place) => {
      const query = queries.subarray(place * this.dim, (place + 1) * this.dim);
      if (codes.length === 0) {
        rowsScanned += others;
        return exactScan(vectors, query, this.dim, k, isOther, bonus)[0]!;
      }
      const rows = this.#lists.rowsOf(this.#lists.tupleOf(codes));
      rowsScanned += rows.length;
      return scanRows(vectors, query, this.dim, k, rows, allowed, bonus);
    });
    return { hits, rowsScanned };
  }

  #list(row: number, itemId: string, vector: Float32Array): void {
    if (this.#interests === undefined) return;
    this.#lists.put(row, this.#lists.tupleOf(this.#interests.codesOf(itemId, vector)));
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
