import { ProofError, type ProofErrorCode } from './proof-error.js';

/** Reads little-endian fields one after the other. Reading past the end throws with the code given at construction. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #code: ProofErrorCode;
  readonly #what: string;
  #offset = 0;

  /** @param what name of what is read, for messages */
  constructor(bytes: Uint8Array, code: ProofErrorCode, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#code = code;
    this.#what = what;
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** A view of the next `length` bytes. */
  raw(length: number): Uint8Array {
    const offset = this.#take(length);
    return this.#bytes.subarray(offset, offset + length);
  }

  /** Throws where bytes are left over. */
  end(): void {
    if (this.remaining !== 0) this.fail(`${this.remaining} bytes follow its end`);
  }

  /** Throws with the code given at construction. */
  fail(problem: string): never {
    throw new ProofError(this.#code, `${this.#what}: ${problem}`);
  }

  #take(size: number): number {
    const offset = this.#offset;
    if (size > this.#bytes.length - offset) this.fail(`ends early, at byte ${this.#bytes.length}`);
    this.#offset = offset + size;
    return offset;
  }
}
