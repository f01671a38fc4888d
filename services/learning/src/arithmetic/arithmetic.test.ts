import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sigmoid, softplus, tanh } from './activations.js';
import { exp, expm1, integerPower, power } from './exp.js';
import { log, log1p, log2 } from './log.js';

const functions = { exp, expm1, log, log1p, log2, tanh, sigmoid, softplus };

function bits(x: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(x);
  return bytes.toString('hex');
}

/** Distance between two float64 in units in the last place of the second. */
function ulps(found: number, wanted: number): number {
  if (Object.is(found, wanted) || (Number.isNaN(found) && Number.isNaN(wanted))) return 0;
  const ulp = Math.max(Math.abs(wanted) * 2 ** -52, 2 ** -1074);
  return Math.abs(found - wanted) / ulp;
}

describe('deterministic arithmetic', () => {
  it.each([
    ['exp', 1, '4005bf0a8b14576a'],
    ['exp', -1, '3fd78b56362cef38'],
    ['exp', 0.1, '3ff1aec7b35a00d4'],
    ['exp', -20.5, '3e157a3afeed00ab'],
    ['exp', 700, '7f0d945df4f8ec8e'],
    ['exp', -730, '00000000001c7ea3'],
    ['expm1', 1e-9, '3e112e0be84bbb51'],
    ['expm1', -0.5, 'bfd92e9a0720d3ec'],
    ['expm1', 3, '403315e5bf6fb106'],
    ['log', 2, '3fe62e42fefa39ef'],
    ['log', 0.7, 'bfd6d3c324e13f50'],
    ['log', 1e-300, 'c085963447f87fb5'],
    ['log', 123456.789, '40277281cad8a844'],
    ['log1p', 1e-9, '3e112e0be801f1d9'],
    ['log1p', -0.9, 'c0026bb1bbb55516'],
    ['log1p', 0.41, '3fd5fd5fabe64085'],
    ['log1p', 1e10, '4037069e2aa3184e'],
    ['tanh', 0.001, '3f50624d77516ce3'],
    ['tanh', 0.5, '3fdd9353d7568af3'],
    ['tanh', -3, 'bfefd77d111a0b00'],
    ['sigmoid', 0, '3fe0000000000000'],
    ['sigmoid', -4, '3f926afa1e43c2c2'],
    ['sigmoid', 2.5, '3fed9291ddb596f8'],
    ['softplus', 0, '3fe62e42fefa39ef'],
    ['softplus', -30, '3d3a56e0c2ac7e1a'],
    ['softplus', 5, '401406e06368916a'],
    ['log2', 3, '3ff95c01a39fbd68'],
    ['log2', 8, '4008000000000000'],
    ['log2', 0.1, 'c00a934f0979a371'],
  ] as const)('gives the golden bits of %s(%d)', (name, x, golden) => {
    expect(bits(functions[name](x))).toBe(golden);
  });

  // Math.* is itself off by up to a unit, so the bounds here are one above those documented.
  it.each([
    ['exp', exp, Math.exp, -700, 700, 3],
    ['exp near 0', exp, Math.exp, -1, 1, 3],
    ['expm1', expm1, Math.expm1, -45, 45, 4],
    ['log', log, Math.log, 1e-300, 1e300, 3],
    ['log near 1', log, Math.log, 0.4, 2.5, 3],
    ['log1p', log1p, Math.log1p, -0.9999, 10, 3],
    ['log1p near 0', log1p, Math.log1p, -1e-4, 1e-4, 3],
    ['log2', log2, Math.log2, 1e-9, 1e9, 5],
    ['tanh', tanh, Math.tanh, -25, 25, 5],
    ['tanh near 0', tanh, Math.tanh, -1e-3, 1e-3, 5],
    ['sigmoid', sigmoid, (x: number) => 1 / (1 + Math.exp(-x)), -30, 700, 5],
    ['softplus', softplus, (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), -50, 50, 5],
  ] as const)('agrees with the platform on %s', (_, ours, theirs, min, max, bound) => {
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }), (x) => {
        expect(ulps(ours(x), theirs(x))).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['exp of a large number', exp(710), Number.POSITIVE_INFINITY],
    ['exp of a very negative number', exp(-746), 0],
    ['exp(0)', exp(0), 1],
    ['exp(NaN)', exp(Number.NaN), Number.NaN],
    ['log(0)', log(0), Number.NEGATIVE_INFINITY],
    ['log(1)', log(1), 0],
    ['log(-1)', log(-1), Number.NaN],
    ['log of infinity', log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
    ['log of the smallest number', log(2 ** -1074), -744.4400719213812],
    ['log1p(-1)', log1p(-1), Number.NEGATIVE_INFINITY],
    ['log1p(-2)', log1p(-2), Number.NaN],
    ['expm1(-0)', expm1(-0), -0],
    ['expm1 of a very negative number', expm1(-1000), -1],
    ['tanh of a large number', tanh(1e6), 1],
    ['tanh(-0)', tanh(-0), -0],
    ['sigmoid of a very negative number', sigmoid(-800), 0],
    ['softplus of a large number', softplus(1e10), 1e10],
    ['log2 of a power of two', log2(2 ** -20), -20],
    ['a power of zero', power(0, 0.5), 0],
    ['an integer power', integerPower(3, 13), 1_594_323],
    ['the zeroth power', integerPower(0, 0), 1],
  ])('knows %s', (_, found, wanted) => {
    expect(found).toBe(wanted);
  });

  it('has powers within 1e-14', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (x, y) => {
          expect(Math.abs(power(x, y) / x ** y - 1)).toBeLessThan(1e-14);
        },
      ),
    );
  });
});
