import { prepareKernels } from '@isthmus/kernels';
import { createRandom, normalisedMutualInformation } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { kMeansStep, seedCodebook } from './codebook-learning.js';
import { updateDictionary } from './dictionary-update.js';
import { assignCodes, type InterestDictionary, residuals } from './interest-dictionary.js';

const dim = 6;
const known = 600;
const seed = new Uint8Array(32).fill(4);

beforeAll(() => prepareKernels());

/** Ten groups; items from `known` on are new. */
function world(items: number): { readonly vectors: Float32Array; readonly labels: Uint32Array } {
  const random = createRandom(seed, 'world');
  const centres = random.fillNormal(new Float32Array(10 * dim), 0, 2);
  const labels = Uint32Array.from({ length: items }, (_, item) => item % 10);
  const vectors = Float32Array.from(
    { length: items * dim },
    (_, i) => centres[labels[Math.floor(i / dim)]! * dim + (i % dim)]! + 0.3 * random.normal(),
  );
  return { vectors, labels };
}

function learn(vectors: Float32Array): InterestDictionary {
  const dictionary: InterestDictionary = {
    dim,
    codebooks: [new Float32Array(10 * dim), new Float32Array(4 * dim)],
  };
  dictionary.codebooks.forEach((codebook, level) => {
    const above = { dim, codebooks: dictionary.codebooks.slice(0, level) };
    const rows = level === 0 ? vectors : residuals(above, vectors, assignCodes(above, vectors), level);
    codebook.set(seedCodebook(rows, dim, codebook.length / dim, createRandom(seed, 'codes', level)));
    for (let step = 0; step < 15; step++) kMeansStep(codebook, rows, dim);
  });
  return dictionary;
}

/** The space turned by a quarter in each plane, and every item moved a little. */
function retrained(vectors: Float32Array, noise: number): Float32Array {
  const random = createRandom(seed, 'retrained');
  return Float32Array.from(vectors, (_, i) => {
    const turned = i % 2 === 0 ? -vectors[i + 1]! : vectors[i - 1]!;
    return turned + noise * random.normal();
  });
}

describe('updateDictionary', () => {
  const { vectors, labels } = world(known + 100);
  let old: InterestDictionary;
  let codes: Uint32Array;

  beforeAll(() => {
    old = learn(vectors.subarray(0, known * dim));
    codes = assignCodes(old, vectors.subarray(0, known * dim));
  });

  it('keeps at least 95 % of the tuples of known items, though training has turned the space', () => {
    for (const noise of [0, 0.1, 1]) {
      const now = retrained(vectors, noise);
      const updated = updateDictionary(old, codes, now);
      let kept = 0;
      for (let item = 0; item < known; item++)
        if (
          codes[item * 2] === updated.codes[item * 2] &&
          codes[item * 2 + 1] === updated.codes[item * 2 + 1]
        )
          kept++;
      expect(kept / known).toBeGreaterThanOrEqual(0.95);
      expect(updated.churn).toBeCloseTo(1 - kept / known, 12);
    }
  });

  it('gives new items the interests of their kin', () => {
    const updated = updateDictionary(old, codes, retrained(vectors, 0.05));
    const top = (table: Uint32Array, from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => table[(from + i) * 2]!);
    expect(updated.codes.length).toBe((known + 100) * 2);
    expect(
      normalisedMutualInformation(top(updated.codes, known, known + 100), labels.subarray(known)),
    ).toBeGreaterThan(0.95);
  });

  it('leaves the old dictionary as it is, and changes nothing where nothing has moved', () => {
    const before = old.codebooks.map((codebook) => Array.from(codebook));
    const same = updateDictionary(old, codes, vectors.subarray(0, known * dim), 1);
    expect(old.codebooks.map((codebook) => Array.from(codebook))).toEqual(before);
    expect(same.churn).toBeLessThan(0.02);
  });
});
