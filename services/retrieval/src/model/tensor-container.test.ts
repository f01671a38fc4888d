import type { StateTensor } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { decodeTensors, encodeTensors } from './tensor-container.js';

const tensors = new Map<string, StateTensor>([
  ['b', { type: 'uint8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
  ['a', { type: 'float64', shape: [2, 1], data: Float64Array.of(0.5, -1) }],
  ['c', { type: 'float32', shape: [0, 4], data: new Float32Array() }],
]);

describe('tensor container', () => {
  it('gives back what was written, in any order of writing', () => {
    const bytes = encodeTensors(tensors);
    expect(Buffer.from(encodeTensors(new Map([...tensors].reverse()))).equals(Buffer.from(bytes))).toBe(true);
    const decoded = decodeTensors(bytes);
    expect([...decoded.keys()]).toEqual(['a', 'b', 'c']);
    for (const [name, { type, shape, data }] of tensors) {
      expect(decoded.get(name)!.type).toBe(type);
      expect(decoded.get(name)!.shape).toEqual(shape);
      expect(Array.from(decoded.get(name)!.data)).toEqual(Array.from(data));
    }
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another file', new TextEncoder().encode('something else altogether')],
    ['a cut file', encodeTensors(tensors).slice(0, -16)],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decodeTensors(bytes)).toThrow();
  });

  it('refuses a number that is not finite', () => {
    const bad = new Map<string, StateTensor>([
      ['x', { type: 'float32', shape: [1], data: Float32Array.of(Number.NaN) }],
    ]);
    expect(() => decodeTensors(encodeTensors(bad))).toThrow('not finite');
  });
});
