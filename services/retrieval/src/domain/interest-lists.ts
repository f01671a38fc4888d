import { tupleNumber } from './interest-dictionary.js';

/** The rows of an item table by their interest: inverted lists that follow every write. */
export class InterestLists {
  readonly #counts: readonly number[];
  readonly #lists = new Map<number, number[]>();
  /** By row: its interest's number and its place in that list; -1 for a row without one. */
  readonly #tuples: number[] = [];
  readonly #places: number[] = [];

  /** @param counts codes of each level of the dictionary */
  constructor(counts: readonly number[]) {
    this.#counts = counts;
  }

  /** Number of an interest: its codes as digits, from 0. */
  tupleOf(codes: ArrayLike<number>, offset = 0): number {
    return tupleNumber(this.#counts, codes, offset);
  }

  /** Puts a row under an interest, wherever it was before. */
  put(row: number, tuple: number): void {
    if (this.#tuples[row] === tuple) return;
    this.remove(row);
    let list = this.#lists.get(tuple);
    if (list === undefined) {
      list = [];
      this.#lists.set(tuple, list);
    }
    while (this.#tuples.length <= row) {
      this.#tuples.push(-1);
      this.#places.push(-1);
    }
    this.#tuples[row] = tuple;
    this.#places[row] = list.length;
    list.push(row);
  }

  /** Takes a row out of its list; the last row of the list takes its place. */
  remove(row: number): void {
    const tuple = this.#tuples[row] ?? -1;
    if (tuple < 0) return;
    const list = this.#lists.get(tuple)!;
    const last = list.pop()!;
    if (last !== row) {
      list[this.#places[row]!] = last;
      this.#places[last] = this.#places[row]!;
    }
    this.#tuples[row] = -1;
  }

  /** Rows under an interest, in no order. */
  rowsOf(tuple: number): readonly number[] {
    return this.#lists.get(tuple) ?? [];
  }

  /** Interest of a row; -1 for none. */
  interestOf(row: number): number {
    return this.#tuples[row] ?? -1;
  }
}
