import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.js';
import { merkleRoot } from './compact-tree.js';
import { leafHash } from './merkle-hash.js';
import type { StateTensor, TensorType, TrainingState } from './program.js';
import { decodeState, encodeState } from './state.js';
import { stateHash } from './state-hash.js';

const failing = (code: string): unknown => expect.objectContaining({ code });

function stateOf(
  tensors: readonly (readonly [string, StateTensor])[] = [],
  counters: readonly (readonly [string, number])[] = [],
): TrainingState {
  return { phase: 'train', step: 3, counters: new Map(counters), tensors: new Map(tensors) };
}

const float32 = (...values: number[]): StateTensor => ({
  type: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
};
const anyTensor: fc.Arbitrary<StateTensor> = fc
  .tuple(
    fc.constantFrom<TensorType[]>('float32', 'float64', 'int32', 'uint32', 'uint8'),
    fc.array(fc.nat(4), { maxLength: 3 }),
  )
  .chain(([type, shape]) => {
    const length = shape.reduce((product, dim) => product * dim, 1);
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: length,
      maxLength: length,
    });
    return values.map((numbers) => ({ type, shape, data: new constructors[type](numbers) }));
  });
const anyState = fc
  .record({
    phase: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    step: fc.maxSafeNat(),
    counters: fc.dictionary(
      fc.string({ minLength: 1, maxLength: 9 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    tensors: fc.dictionary(fc.string({ minLength: 1, maxLength: 9 }), anyTensor),
  })
  .map(({ phase, step, counters, tensors }) => ({
    phase,
    step,
    counters: new Map(Object.entries(counters)),
    tensors: new Map(Object.entries(tensors)),
  }));

describe('encodeState', () => {
  it('writes the documented bytes', () => {
    const state = stateOf(
      [['w', { type: 'float32', shape: [1, 2], data: Float32Array.of(1, -0) }]],
      [['lr', 0.5]],
    );
    expect(toHex(encodeState(state))).toBe(
      [
        '01',
        '0500747261696e',
        '0300000000000000',
        '01000000',
        '02006c72',
        '000000000000e03f',
        '01000000',
        '010077',
        '01',
        '02',
        '01000000',
        '02000000',
        '0000803f',
        '00000080',
      ].join(''),
    );
  });

  it('does not depend on the order of insertion', () => {
    const entries = [
      ['b', float32(1)],
      ['a', float32(2)],
      ['\u{1F600}', float32(3)],
      ['\uffee', float32(4)],
    ] as const;
    const counters = [
      ['z', 1],
      ['y', 2],
    ] as const;
    expect(toHex(encodeState(stateOf(entries, counters)))).toBe(
      toHex(encodeState(stateOf([...entries].reverse(), [...counters].reverse()))),
    );
  });

  it('is read back to the same bytes and values', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const encoded = encodeState(state);
        const decoded = decodeState(encoded);
        expect(toHex(encodeState(decoded))).toBe(toHex(encoded));
        expect([decoded.phase, decoded.step]).toEqual([state.phase, state.step]);
        for (const [name, tensor] of state.tensors) {
          expect(Array.from(decoded.tensors.get(name)?.data ?? [])).toEqual(Array.from(tensor.data));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the sign of zero', () => {
    const decoded = decodeState(encodeState(stateOf([['w', float32(-0, 0)]], [['c', -0]])));
    expect(Object.is(decoded.tensors.get('w')?.data[0], -0)).toBe(true);
    expect(Object.is(decoded.tensors.get('w')?.data[1], 0)).toBe(true);
    expect(Object.is(decoded.counters.get('c'), -0)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d and names where it is',
    (value) => {
      expect(() =>
        encodeState(
          stateOf([
            ['fine', float32(1)],
            ['broken', float32(1, 2, value)],
          ]),
        ),
      ).toThrow(/tensor "broken" holds (NaN|-?Infinity) at element 2/);
      expect(() => encodeState(stateOf([], [['count', value]]))).toThrow(failing('STATE_NON_FINITE'));
      const data = new Float64Array([1, value]);
      expect(() => encodeState(stateOf([['d', { type: 'float64', shape: [2], data }]]))).toThrow(
        failing('STATE_NON_FINITE'),
      );
    },
  );

  it('keeps the largest and the smallest numbers', () => {
    const data = Float64Array.of(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE);
    expect(
      decodeState(encodeState(stateOf([['d', { type: 'float64', shape: [3], data }]]))).tensors.size,
    ).toBe(1);
  });

  it.each<[string, TrainingState]>([
    ['a shape of other data', stateOf([['w', { type: 'float32', shape: [3], data: new Float32Array(2) }]])],
    ['another type of data', stateOf([['w', { type: 'float32', shape: [2], data: new Float64Array(2) }]])],
    ['a fractional dimension', stateOf([['w', { type: 'uint8', shape: [0.5, 2], data: new Uint8Array(1) }]])],
    ['a negative step', { ...stateOf(), step: -1 }],
    ['an unsafe step', { ...stateOf(), step: 2 ** 53 }],
    ['an empty phase', { ...stateOf(), phase: '' }],
    ['a lone surrogate', stateOf([['\ud800', float32(1)]])],
    ['a long name', stateOf([['n'.repeat(513), float32(1)]])],
  ])('refuses %s', (_, state) => {
    expect(() => encodeState(state)).toThrow(failing('STATE_INVALID'));
  });
});

describe('decodeState', () => {
  const encoded = encodeState(
    stateOf(
      [
        ['a', float32(1)],
        ['b', float32(2)],
      ],
      [['c', 1]],
    ),
  );

  it('copies tensors into arrays of their own', () => {
    const shifted = new Uint8Array(encoded.length + 1);
    shifted.set(encoded, 1);
    const { data } = decodeState(shifted.subarray(1)).tensors.get('a') as StateTensor;
    data[0] = 7;
    expect(data.byteOffset % 4).toBe(0);
    expect(toHex(shifted.subarray(1))).toBe(toHex(encoded));
  });

  it.each<[string, (hex: string) => string]>([
    ['another version', (hex) => `02${hex.slice(2)}`],
    ['a truncated state', (hex) => hex.slice(0, -2)],
    ['a byte too many', (hex) => `${hex}00`],
    ['names out of order', (hex) => hex.replace('010061', '01007a')],
    ['a repeated name', (hex) => hex.replace('010062', '010061')],
    ['an unknown type', (hex) => hex.replace('0100610101', '0100610601')],
    ['a shape beyond the end', (hex) => hex.replace('010061010101', '0100610101ff')],
    ['too high a rank', (hex) => hex.replace('0100610101', '0100610109')],
  ])('refuses %s', (_, change) => {
    const changed = change(toHex(encoded));
    expect(changed).not.toBe(toHex(encoded));
    expect(() => decodeState(new Uint8Array(Buffer.from(changed, 'hex')))).toThrow(failing('STATE_INVALID'));
  });

  it('refuses non-finite numbers that were received', () => {
    const changed = toHex(encoded).replace('0000803f', '0000c07f');
    expect(() => decodeState(new Uint8Array(Buffer.from(changed, 'hex')))).toThrow(
      failing('STATE_NON_FINITE'),
    );
  });

  it('allocates nothing for a shape that is not there, and minds the limit', () => {
    const huge = stateOf([
      ['a', { type: 'uint8', shape: [0, 0xffff_ffff, 0xffff_ffff], data: new Uint8Array(0) }],
    ]);
    expect(decodeState(encodeState(huge)).tensors.size).toBe(1);
    expect(() => decodeState(encoded, { maxBytes: encoded.length - 1 })).toThrow(failing('STATE_INVALID'));
  });
});

describe('stateHash', () => {
  it('is the Merkle tree hash over chunks of 64 KiB', () => {
    const data = Uint8Array.from({ length: 150_000 }, (_, i) => i);
    const chunks = [data.subarray(0, 65_536), data.subarray(65_536, 131_072), data.subarray(131_072)];
    expect(toHex(stateHash(data))).toBe(toHex(merkleRoot(chunks.map(leafHash))));
  });

  it('notices a single bit', () => {
    const state = encodeState(stateOf([['w', float32(1, 2, 3)]]));
    const changed = state.slice();
    changed[changed.length - 1]! ^= 1;
    expect(toHex(stateHash(changed))).not.toBe(toHex(stateHash(state)));
  });
});
