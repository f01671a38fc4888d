import { beforeAll, describe, expect, it } from '@jest/globals';
import { backends, missing, use } from './conformance/backends.js';
import { prepareKernels } from './prepare-kernels.js';
import { type SampledCompetition, sampledLogSumExp } from './sampled-log-sum-exp.js';
import { memory, type Tensor, tensor, tidy } from './tensors.js';

const dim = 5;

/** A number in [-1, 1) for each place. */
function values(count: number, factor: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * factor) % 1009) / 504.5 - 1);
}

function competitionOf(rows: number, count: number, grouped: boolean): SampledCompetition {
  const integers = (length: number, factor: number, below: number): Int32Array =>
    Int32Array.from({ length }, (_, i) => (i * factor) % below);
  const groups = {
    ofVectors: integers(count, 5, 3),
    ofRows: integers(rows, 7, 3),
    shifts: values(count, 613),
  };
  const plain = { ids: integers(count, 11, 13), targets: integers(rows, 3, 13), shifts: values(count, 401) };
  return grouped ? { ...plain, groups } : plain;
}

/** By loops, in double precision. */
function expectedSums(q: Float32Array, v: Float32Array, competition: SampledCompetition): number[] {
  const { ids, targets, shifts, groups } = competition;
  return Array.from(targets, (target, row) => {
    let total = 0;
    ids.forEach((id, i) => {
      if (id === target) return;
      let logit = (groups?.ofVectors[i] === groups?.ofRows[row] && groups ? groups.shifts : shifts)[
        i
      ] as number;
      for (let k = 0; k < dim; k++) logit += (q[row * dim + k] as number) * (v[i * dim + k] as number);
      total += Math.exp(logit);
    });
    return Math.log(total);
  });
}

describe.each(backends)('sampledLogSumExp on %s', (backend) => {
  const reason = missing(backend);
  if (reason !== undefined) {
    it.skip(reason, () => undefined);
    return;
  }

  beforeAll(() => use(backend));

  it.each([
    [1, 2, false],
    [9, 7, true],
    [70, 133, false],
    [70, 133, true],
  ])('agrees with float64 arithmetic over %d rows of %d vectors, groups: %s', (rows, count, grouped) => {
    const [q, v] = [values(rows * dim, 331), values(count * dim, 577)];
    const competition = competitionOf(rows, count, grouped);
    const sums = tidy(() => {
      const sum = sampledLogSumExp(tensor(q, [rows, dim]), tensor(v, [count, dim]), competition);
      return Array.from((sum as Tensor).dataSync());
    });
    expectedSums(q, v, competition).forEach((expected, row) => {
      expect(sums[row]).toBeCloseTo(expected, 4);
    });
    expect(memory().numTensors).toBe(0);
  });
});

describe('sampledLogSumExp', () => {
  beforeAll(() => prepareKernels());

  it('refuses a competition of another size, and one without anybody', () => {
    tidy(() => {
      const [q, v] = [tensor(values(10, 3), [2, dim]), tensor(values(15, 5), [3, dim])];
      expect(() => sampledLogSumExp(q, v, competitionOf(2, 4, false))).toThrow(RangeError);
      expect(() => sampledLogSumExp(q, v, competitionOf(3, 3, true))).toThrow(RangeError);
      const nobody = tensor([], [0, dim], 'float32');
      expect(() => sampledLogSumExp(q, nobody, competitionOf(2, 0, false))).toThrow('2 rows with 0 vectors');
    });
  });
});
