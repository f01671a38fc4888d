import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { elementaryFunctions } from './elementary-functions.js';
import { buildMathCheck, loadMathCheck, type MathCheck } from './math-check-module.js';
import { specialValues } from './special-values.js';
import { addErrors, noError } from './ulp-error.js';
import { worstInputs } from './worst-inputs.js';

/** Inputs of one sign and exponent. */
const stratum = 256;

let check: MathCheck;

beforeAll(async () => {
  await buildMathCheck();
  check = await loadMathCheck();
});

function apply(name: string, inputs: readonly number[]): Float32Array {
  const padded = Math.ceil(inputs.length / 8) * 8;
  check.inputs.fill(0, 0, padded).set(inputs);
  check.apply(name, padded);
  return check.outputs.slice(0, inputs.length);
}

/** The inputs of one sign and exponent: the least, the greatest and pseudo-random mantissas. */
function fillStratum(signAndExponent: number): void {
  const patterns = new Int32Array(check.inputs.buffer, check.inputs.byteOffset, stratum);
  for (let i = 0; i < stratum; i++) {
    const drawn = Math.imul(i + signAndExponent * stratum, 0x9e3779b1) >>> 9;
    patterns[i] = (signAndExponent << 23) | (i < 4 ? i : i < 8 ? 0x7fffff - (i - 4) : drawn);
  }
}

function bits(value: number): string {
  return Number.isNaN(value) ? 'NaN' : hex(Float32Array.of(value));
}

function hex(values: Float32Array): string {
  return Buffer.from(values.buffer).toString('hex');
}

describe.each(elementaryFunctions)('$name', ({ name, reference, ulpBound }) => {
  it('is within its documented bound on a sample of every exponent', () => {
    const error = noError();
    for (let signAndExponent = 0; signAndExponent < 512; signAndExponent++) {
      fillStratum(signAndExponent);
      check.apply(name, stratum);
      addErrors(error, check.inputs.subarray(0, stratum), check.outputs.subarray(0, stratum), reference);
    }
    expect(error.inputs).toBe(512 * stratum);
    expect(error.largestSteps).toBeLessThanOrEqual(2);
    expect(error.largestUlp).toBeLessThanOrEqual(ulpBound);
  });

  it('has its largest errors where they were found', () => {
    const { inputs, ulp } = worstInputs[name]!;
    const error = noError();
    addErrors(error, Float32Array.from(inputs), apply(name, inputs), reference);
    expect(error.largestUlp).toBeCloseTo(ulp, 3);
    expect(error.largestUlp).toBeLessThanOrEqual(ulpBound);
    expect(error.largestSteps).toBeLessThanOrEqual(2);
  });

  it('has the special values that its docstring states', () => {
    const cases = specialValues[name]!;
    const results = apply(
      name,
      cases.map(([x]) => x),
    );
    expect(cases.map(([x], i) => `${x} gives ${bits(results[i]!)}`)).toEqual(
      cases.map(([x, y]) => `${x} gives ${bits(y)}`),
    );
  });

  it('gives a lane the same bits whatever its place and its neighbours', () => {
    const neighbours = [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-42, -3e38, 0.5, -7.25, 100];
    const inputs = [1e-45, -1e-30, 0.3, -0.7517915, 0.74, 1.5, -5.25, 13, -90.5, 88.5, 3e38, -0];
    for (const x of inputs) {
      const seen = new Set([bits(apply(name, [x])[0]!)]);
      for (let lane = 0; lane < neighbours.length; lane++) {
        for (let first = 0; first < neighbours.length; first++) {
          const vectors = neighbours.map((_, i) => neighbours[(first + i) % neighbours.length]!);
          vectors[lane] = x;
          seen.add(bits(apply(name, vectors)[lane]!));
        }
      }
      expect(seen.size).toBe(1);
    }
  });
});

describe('the elementary functions', () => {
  it.each(['tanh', 'erf'])('%s is odd bit for bit', (name) => {
    for (let exponent = 0; exponent < 255; exponent++) {
      fillStratum(exponent);
      const inputs = Array.from(check.inputs.subarray(0, stratum));
      const mirrored = apply(
        name,
        inputs.map((x) => -x),
      );
      expect(hex(mirrored.map((y) => -y))).toBe(hex(apply(name, inputs)));
    }
  });

  it('give these bits, wherever they run', () => {
    const digest = createHash('sha256');
    const patterns = new Int32Array(check.outputs.buffer, check.outputs.byteOffset, stratum);
    for (const { name } of elementaryFunctions) {
      for (let signAndExponent = 0; signAndExponent < 512; signAndExponent++) {
        fillStratum(signAndExponent);
        check.apply(name, stratum);
        // Which NaN it is the specification leaves open.
        for (let i = 0; i < stratum; i++)
          if ((patterns[i]! & 0x7fffffff) > 0x7f800000) patterns[i] = 0x7fc00000;
        digest.update(new Uint8Array(patterns.slice().buffer));
      }
    }
    expect(digest.digest('hex')).toBe('39686bf6a2b5d1117fc7373337cc4b9b6e4b0705333b719f20b612401797750f');
  });
});
