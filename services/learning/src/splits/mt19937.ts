/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) seeded by one 32-bit integer, as NumPy's legacy
 * `RandomState(seed)` is. For protocols of other people's benchmarks only: everything of ours uses `createRandom`.
 */
export class Mt19937 {
  readonly #words = new Uint32Array(stateWords);
  #next = stateWords;

  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
      throw new RangeError(`a seed is an unsigned 32-bit integer, not ${seed}`);
    }
    this.#words[0] = seed;
    for (let index = 1; index < stateWords; index++) {
      const previous = this.#words[index - 1]!;
      this.#words[index] = Math.imul(1_812_433_253, previous ^ (previous >>> 30)) + index;
    }
  }

  /** Uniform over 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#next === stateWords) this.#twist();
    let word = this.#words[this.#next++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c_5680;
    word ^= (word << 15) & 0xefc6_0000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  #twist(): void {
    const words = this.#words;
    for (let index = 0; index < stateWords; index++) {
      const joined = (words[index]! & 0x8000_0000) | (words[(index + 1) % stateWords]! & 0x7fff_ffff);
      const mixed = (joined >>> 1) ^ ((joined & 1) === 1 ? 0x9908_b0df : 0);
      words[index] = words[(index + middleWord) % stateWords]! ^ mixed;
    }
    this.#next = 0;
  }
}

/** What NumPy's `RandomState(seed).permutation(n)` returns: Fisher-Yates from the end, indices by masked rejection. */
export function numpyPermutation(seed: number, n: number): Uint32Array {
  const generator = new Mt19937(seed);
  const values = Uint32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const mask = 0xffff_ffff >>> Math.clz32(last);
    let other: number;
    do {
      other = (generator.uint32() & mask) >>> 0;
    } while (other > last);
    const moved = values[last]!;
    values[last] = values[other]!;
    values[other] = moved;
  }
  return values;
}

const stateWords = 624;
const middleWord = 397;
