/** Reads little-endian values from bytes that may be hostile: every read is checked against the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  #offset = 0;

  /** @param what name of the content for error messages, for example `user history` */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  float32(): number {
    const value = this.#view.getFloat32(this.#take(4), true);
    if (!Number.isFinite(value)) this.fail('holds a number that is not finite');
    return value;
  }

  /** A UTF-8 string with its length in bytes before it (16 bits), at most `limitBytes`. */
  text(limitBytes: number): string {
    const size = this.uint16();
    if (size > limitBytes) this.fail(`holds a text of ${size} bytes, the limit is ${limitBytes}`);
    const start = this.#take(size);
    try {
      return utf8.decode(this.#bytes.subarray(start, start + size));
    } catch {
      return this.fail('holds a text that is not UTF-8');
    }
  }

  /** Throws unless all bytes were read. */
  end(): void {
    const rest = this.#bytes.length - this.#offset;
    if (rest > 0) this.fail(`has ${rest} bytes after its end`);
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  fail(problem: string): never {
    throw new Error(`malformed ${this.#what}: it ${problem}`);
  }

  #take(count: number): number {
    const start = this.#offset;
    if (start + count > this.#bytes.length) this.fail(`ends early, at byte ${this.#bytes.length}`);
    this.#offset = start + count;
    return start;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
