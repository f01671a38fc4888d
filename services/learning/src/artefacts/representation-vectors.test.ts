import { describe, expect, it } from '@jest/globals';
import {
  decodeRepresentationVectors,
  encodeRepresentationVectors,
  type RepresentationVectors,
  representationRow,
} from './representation-vectors.js';

const parts: RepresentationVectors = {
  dim: 2,
  offsets: Uint32Array.of(0, 3, 4),
  cutMs: Float64Array.of(100, 200, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
  gates: Float32Array.of(0, 0.5, 1, 0),
  vectors: Float32Array.of(0, 0, 1, -1, 2, -2, 3, -3),
  items: Float32Array.of(0.5, 0.5, 0, 0, -1, 0),
  eventOffsets: Uint32Array.of(0, 2, 2),
  events: Float32Array.of(0.1, 0.2, -0.3, 0),
};

function decode(files: ReadonlyMap<string, Uint8Array>): RepresentationVectors {
  return decodeRepresentationVectors((name) => files.get(name) ?? new Uint8Array());
}

describe('representation vectors', () => {
  it('come back as they were written', () => {
    const decoded = decode(encodeRepresentationVectors(parts));
    expect(decoded.dim).toBe(2);
    for (const name of ['offsets', 'cutMs', 'gates', 'vectors', 'items', 'eventOffsets', 'events'] as const) {
      expect(Array.from(decoded[name])).toEqual(Array.from(parts[name]));
    }
  });

  it.each([
    [0, 50, 0],
    [0, 100, 0],
    [0, 101, 1],
    [0, 201, 2],
    [0, Number.POSITIVE_INFINITY, 2],
    [1, 5, 3],
  ])('represent record %d at time %d by row %d', (record, timeMs, row) => {
    expect(representationRow(parts, record, timeMs)).toBe(row);
  });

  it('are refused where a record has no row for all of its events', () => {
    const broken = { ...parts, cutMs: Float64Array.of(100, 200, 300, Number.POSITIVE_INFINITY) };
    expect(() => encodeRepresentationVectors(broken)).toThrow('record 0 has no last row');
  });

  it('are refused where the cuts do not ascend', () => {
    const broken = { ...parts, cutMs: Float64Array.of(200, 200, Infinity, Infinity) };
    expect(() => encodeRepresentationVectors(broken)).toThrow('do not ascend');
  });

  it.each(['vectors.bin', 'items.bin', 'events.bin'])(
    'are refused where %s is shorter than its header says',
    (name) => {
      const files = encodeRepresentationVectors(parts);
      files.set(name, files.get(name)!.slice(0, -1));
      expect(() => decode(files)).toThrow('bytes');
    },
  );
});
