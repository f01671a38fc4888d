import { hkdfSync } from 'node:crypto';

import { log } from '../arithmetic/log.js';
import { chachaBlock, chachaBlockWords } from './chacha20.js';

/**
 * A stream of random numbers that is a pure function of (seed, purpose, counter). Every draw is specified by integer
 * operations and by + - * / and square root on float64, so the stream is the same on every machine.
 */
export interface Random {
  /** Uniform over 0 to 2^32 - 1. One word of the stream. */
  uint32(): number;
  /** Uniform over the multiples of 2^-53 in [0, 1). Two words. */
  float(): number;
  /** Standard normal (Marsaglia's polar method, pairs are used up in order). */
  normal(): number;
  /** Uniform over 0 to `n` - 1 without bias, for `n` from 1 to 2^32. */
  below(n: number): number;
  /** True with probability `p`. */
  bernoulli(p: number): boolean;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Permutes in place: Fisher-Yates from the end. Returns its argument. */
  shuffle<T extends { length: number; [index: number]: number } | unknown[]>(values: T): T;
  /** A uniform permutation of 0 to `n` - 1. */
  permutation(n: number): Uint32Array;
  /** `count` different numbers of 0 to `n` - 1 in random order: the first draws of a Fisher-Yates shuffle. */
  choose(n: number, count: number): Uint32Array;
  /** Fills with uniform float32 in [low, high), 24 random bits each. Returns its argument. */
  fillUniform(out: Float32Array, low: number, high: number): Float32Array;
  /** Fills with normal float32 of the given mean and standard deviation. Returns its argument. */
  fillNormal(out: Float32Array, mean: number, deviation: number): Float32Array;
}

/**
 * A generator for one use. Equal arguments give equal streams, and different purposes or counters give streams that
 * are independent as far as ChaCha20 (RFC 8439) and HKDF-SHA256 (RFC 5869) are.
 *
 * @param seed 32 bytes, the seed of the run
 * @param purpose what the numbers are for, for example `dropout`; part of the key
 * @param counter usually the step or the epoch: a safe integer of at least 0
 */
export function createRandom(seed: Uint8Array, purpose: string, counter = 0): Random {
  return createRandomFamily(seed, purpose)(counter);
}

/** The generators of one purpose by counter, for callers that want many: the key is derived once. */
export function createRandomFamily(seed: Uint8Array, purpose: string): (counter: number) => Random {
  const key = deriveRandomKey(seed, purpose);
  return (counter) => new ChaChaRandom(key, counter);
}

/** 8 key words: HKDF-SHA256 with the seed as keying material, no salt, and a versioned label with the purpose. */
function deriveRandomKey(seed: Uint8Array, purpose: string): Uint32Array {
  if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, this one has ${seed.length}`);
  const bytes = new DataView(hkdfSync('sha256', seed, new Uint8Array(0), `isthmus/random/v1|${purpose}`, 32));
  return Uint32Array.from({ length: 8 }, (_, word) => bytes.getUint32(4 * word, true));
}

/** Blocks made at a time. */
const bufferBlocks = 16;
const twoToMinus53 = 2 ** -53;

class ChaChaRandom implements Random {
  readonly #key: Uint32Array;
  readonly #nonce: Uint32Array;
  readonly #words = new Uint32Array(bufferBlocks * chachaBlockWords);
  #next = this.#words.length;
  #block = 0;
  /** Blocks of the coming refill: few at first, since most streams are short. */
  #refillBlocks = 1;
  #spareNormal = Number.NaN;

  constructor(key: Uint32Array, counter: number) {
    if (!Number.isSafeInteger(counter) || counter < 0) {
      throw new RangeError(`a counter is a safe integer of at least 0, not ${counter}`);
    }
    this.#key = key;
    this.#nonce = Uint32Array.of(counter, Math.floor(counter / 2 ** 32), 0);
  }

  uint32(): number {
    if (this.#next === this.#words.length) this.#refill();
    return this.#words[this.#next++]!;
  }

  float(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 2 ** 26 + low) * twoToMinus53;
  }

  normal(): number {
    const spare = this.#spareNormal;
    if (!Number.isNaN(spare)) {
      this.#spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * this.float() - 1;
      const y = 2 * this.float() - 1;
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * log(s)) / s);
      this.#spareNormal = y * scale;
      return x * scale;
    }
  }

  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`the bound is an integer from 1 to 2^32, not ${n}`);
    }
    // Words at or above the largest multiple of n are drawn again, so that every remainder is equally likely.
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const word = this.uint32();
      if (word < limit) return word % n;
    }
  }

  bernoulli(p: number): boolean {
    return this.float() < p;
  }

  exponential(): number {
    return -log(1 - this.float());
  }

  shuffle<T extends { length: number; [index: number]: number } | unknown[]>(values: T): T {
    const entries = values as unknown[];
    for (let last = entries.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const moved = entries[last];
      entries[last] = entries[other];
      entries[other] = moved;
    }
    return values;
  }

  permutation(n: number): Uint32Array {
    return this.shuffle(Uint32Array.from({ length: n }, (_, index) => index));
  }

  choose(n: number, count: number): Uint32Array {
    if (count > n) throw new RangeError(`cannot choose ${count} different numbers out of ${n}`);
    // A shuffle in which only the places that were moved are stored.
    const moved = new Map<number, number>();
    const chosen = new Uint32Array(count);
    for (let index = 0; index < count; index++) {
      const other = index + this.below(n - index);
      chosen[index] = moved.get(other) ?? other;
      moved.set(other, moved.get(index) ?? index);
    }
    return chosen;
  }

  fillUniform(out: Float32Array, low: number, high: number): Float32Array {
    const range = high - low;
    for (let index = 0; index < out.length; index++) {
      out[index] = low + range * ((this.uint32() >>> 8) * 2 ** -24);
    }
    return out;
  }

  fillNormal(out: Float32Array, mean: number, deviation: number): Float32Array {
    for (let index = 0; index < out.length; index++) out[index] = mean + deviation * this.normal();
    return out;
  }

  #refill(): void {
    const start = this.#words.length - this.#refillBlocks * chachaBlockWords;
    for (let offset = start; offset < this.#words.length; offset += chachaBlockWords) {
      if (this.#block > 0xffff_ffff) throw new RangeError('a stream ends after 2^36 words');
      chachaBlock(this.#words, offset, this.#key, this.#block++, this.#nonce);
    }
    this.#next = start;
    this.#refillBlocks = Math.min(this.#refillBlocks * 2, bufferBlocks);
  }
}
