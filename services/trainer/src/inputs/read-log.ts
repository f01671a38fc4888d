import type { SegmentReads } from '@isthmus/proof';

/** Collects the record indices that a segment reads, in their order, for each data set. */
export class ReadLog {
  readonly #sets = new Map<string, GrowingIndices>();

  /** Gives the function that a data set of this name reports its reads to. */
  reporter(name: string): (index: number) => void {
    const indices = new GrowingIndices();
    this.#sets.set(name, indices);
    return (index) => indices.push(index);
  }

  /** The reads since the last call. Valid until the next read. */
  take(): SegmentReads {
    return new Map([...this.#sets].map(([name, indices]) => [name, indices.take()]));
  }
}

/** A list that is filled and emptied again and again without allocating. */
class GrowingIndices {
  #values = new Uint32Array(1024);
  #length = 0;

  push(index: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = index;
  }

  take(): Uint32Array {
    const taken = this.#values.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
