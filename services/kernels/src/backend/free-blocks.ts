/**
 * Unused parts of a memory, which may be cut and which grow together again: a block is taken from the smallest part that
 * holds it, and what is given back joins its neighbours. Steps whose tensors have another size each time, as batches of
 * unequal sequences have, therefore reuse one memory, where lists by size would keep a block of every size that ever came.
 */
export class FreeBlocks {
  /** Addresses, ascending, and the size of the part at each. No two parts touch. */
  readonly #addresses: number[] = [];
  readonly #sizes: number[] = [];

  /** The address of a block, from the smallest part that holds it, the lowest of equals; undefined where none does. */
  take(size: number): number | undefined {
    let found = -1;
    for (let i = 0; i < this.#sizes.length; i++) {
      if (this.#sizes[i]! >= size && (found < 0 || this.#sizes[i]! < this.#sizes[found]!)) found = i;
    }
    if (found < 0) return undefined;
    const address = this.#addresses[found]!;
    if (this.#sizes[found] === size) {
      this.#addresses.splice(found, 1);
      this.#sizes.splice(found, 1);
    } else {
      this.#addresses[found] = address + size;
      this.#sizes[found]! -= size;
    }
    return address;
  }

  /** Gives a block back. */
  give(address: number, size: number): void {
    const after = this.#firstFrom(address);
    const joinsBefore = after > 0 && this.#addresses[after - 1]! + this.#sizes[after - 1]! === address;
    const joinsAfter = this.#addresses[after] === address + size;
    if (joinsBefore && joinsAfter) {
      this.#sizes[after - 1]! += size + this.#sizes[after]!;
      this.#addresses.splice(after, 1);
      this.#sizes.splice(after, 1);
    } else if (joinsBefore) this.#sizes[after - 1]! += size;
    else if (joinsAfter) {
      this.#addresses[after] = address;
      this.#sizes[after]! += size;
    } else {
      this.#addresses.splice(after, 0, address);
      this.#sizes.splice(after, 0, size);
    }
  }

  /** The part that ends at `end`, which is taken out whole; undefined where none does. */
  takeBefore(end: number): number | undefined {
    const last = this.#addresses.length - 1;
    if (last < 0 || this.#addresses[last]! + this.#sizes[last]! !== end) return undefined;
    this.#sizes.pop();
    return this.#addresses.pop();
  }

  /** Position of the first part at or above an address. */
  #firstFrom(address: number): number {
    let low = 0;
    let high = this.#addresses.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#addresses[middle]! < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
