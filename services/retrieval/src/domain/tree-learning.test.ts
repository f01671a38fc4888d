import { prepareKernels } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { assignCodes, type InterestDictionary } from './interest-dictionary.js';
import { treeLevelStep } from './tree-learning.js';

beforeAll(() => prepareKernels());

describe('treeLevelStep', () => {
  it('splits every cell by itself, small ones into their rows', () => {
    const top = Float32Array.of(0, 10, 20);
    const vectors = Float32Array.of(-1, -1.2, 1, 1.2, 9, 12, 12.1, 9.1, 20.5);
    const cells = Uint32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2);
    const rest = vectors.map((value, row) => value - top[cells[row]!]!);
    const codebook = new Float32Array(6);
    const random = createRandom(new Uint8Array(32), 'tree');
    for (let step = 0; step < 4; step++)
      treeLevelStep(codebook, rest, 1, cells, 2, step === 0 ? random : undefined);
    const tree: InterestDictionary = { dim: 1, codebooks: [top, codebook], kind: 'tree' };
    const second = assignCodes(tree, vectors).filter((_, i) => i % 2 === 1);
    expect(second[0]).toBe(second[1]);
    expect(second[2]).toBe(second[3]);
    expect(second[0]).not.toBe(second[2]);
    expect(second[4]).toBe(second[7]);
    expect(second[5]).toBe(second[6]);
    expect(second[4]).not.toBe(second[5]);
    expect(Array.from(codebook.subarray(4))).toEqual([0.5, 0.5]);
    expect(second[8]).toBe(0);
  });
});
