import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { decodeCatalogueItem, encodeCatalogueItem } from './catalogue-item-codec.js';
import { historyEvent, historyFromEvents } from './user-history.js';
import { decodeUserHistory, encodeUserHistory } from './user-history-codec.js';

const anyEvent = fc.record({
  domain: fc.nat(255),
  item: fc.nat(2 ** 31 - 1),
  timestampMs: fc.integer({ min: -8.64e15, max: 8.64e15 }),
  value: fc.float({ noNaN: true, noDefaultInfinity: true }),
});

const oneEvent = historyFromEvents([{ domain: 1, item: 258, timestampMs: 1_000, value: 1 }]);

/** A change to good bytes. */
function changed(bytes: Uint8Array, change: (bytes: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

describe('user history codec', () => {
  it('writes the documented bytes', () => {
    expect(Buffer.from(encodeUserHistory(oneEvent)).toString('hex')).toBe(
      ['01', '01000000', '01', '02010000', 'e803000000000000', '0000803f'].join(''),
    );
  });

  it('reads what it wrote, in stable time order', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const decoded = decodeUserHistory(encodeUserHistory(historyFromEvents(events)));
        const sorted = events.toSorted((a, b) => a.timestampMs - b.timestampMs);
        expect(Array.from({ length: decoded.length }, (_, i) => historyEvent(decoded, i))).toEqual(sorted);
      }),
    );
  });

  it.each([
    ['no bytes', () => new Uint8Array(0), 'ends early'],
    ['another version', (good: Uint8Array) => changed(good, (bytes) => bytes.writeUInt8(2, 0)), 'version 2'],
    ['a byte too few', (good: Uint8Array) => good.subarray(0, -1), 'says 2 events in 33 bytes'],
    [
      'a byte too many',
      (good: Uint8Array) => Buffer.concat([good, Buffer.of(0)]),
      'says 2 events in 35 bytes',
    ],
    [
      'a count that does not fit',
      (good: Uint8Array) => changed(good, (b) => b.writeUInt32LE(0xffffffff, 1)),
      'says',
    ],
    [
      'time that runs backwards',
      (good: Uint8Array) => changed(good, (b) => b.writeBigInt64LE(-1n, 27)),
      'back in time',
    ],
    [
      'an unsafe time',
      (good: Uint8Array) => changed(good, (b) => b.writeBigInt64LE(2n ** 60n, 27)),
      'unsafe',
    ],
    [
      'a value that is not finite',
      (good: Uint8Array) => changed(good, (b) => b.writeFloatLE(Number.NaN, 18)),
      'finite',
    ],
  ])('refuses %s', (_, damage, message) => {
    const twoEvents = historyFromEvents([
      { domain: 0, item: 1, timestampMs: 5, value: 1 },
      { domain: 0, item: 2, timestampMs: 6, value: 1 },
    ]);
    expect(() => decodeUserHistory(damage(encodeUserHistory(twoEvents)))).toThrow(message);
  });
});

describe('catalogue item codec', () => {
  const pan = {
    itemId: 'pan-1',
    domain: 1,
    category: 'pans',
    tokens: ['iron', 'größe'],
    numbers: Float32Array.of(1.5, -2),
  };

  it('reads what it wrote', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const item = fc.record({
      itemId: text.filter((value) => value !== ''),
      domain: fc.nat(255),
      category: text,
      tokens: fc.array(text, { maxLength: 6 }),
      numbers: fc.float32Array({ maxLength: 5, noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(item, (value) => {
        const decoded = decodeCatalogueItem(encodeCatalogueItem(value));
        expect({ ...decoded, numbers: Array.from(decoded.numbers) }).toEqual({
          ...value,
          numbers: Array.from(value.numbers),
        });
      }),
    );
  });

  it.each([
    ['another version', (good: Uint8Array) => changed(good, (bytes) => bytes.writeUInt8(9, 0)), 'version 9'],
    ['an early end', (good: Uint8Array) => good.subarray(0, 12), 'ends early'],
    ['bytes left over', (good: Uint8Array) => Buffer.concat([good, Buffer.of(0)]), 'numbers in 9 bytes'],
    [
      'a text that is not UTF-8',
      (good: Uint8Array) => changed(good, (b) => b.writeUInt8(0xff, 4)),
      'not UTF-8',
    ],
    [
      'a text that is too long',
      (good: Uint8Array) => changed(good, (b) => b.writeUInt16LE(2_000, 2)),
      'the limit is 1024',
    ],
    [
      'a number that is not finite',
      (good: Uint8Array) => changed(good, (b) => b.writeFloatLE(Infinity, b.length - 4)),
      'finite',
    ],
  ])('refuses %s', (_, damage, message) => {
    expect(() => decodeCatalogueItem(damage(encodeCatalogueItem(pan)))).toThrow(message);
  });

  it('refuses an empty item id', () => {
    expect(() => decodeCatalogueItem(encodeCatalogueItem({ ...pan, itemId: '' }))).toThrow('no item id');
  });

  it('refuses to write what it would not read', () => {
    expect(() => encodeCatalogueItem({ ...pan, category: 'x'.repeat(1_025) })).toThrow('the limit is 1024');
    expect(() => encodeCatalogueItem({ ...pan, tokens: new Array(5_000).fill('x') })).toThrow(
      'the limit is 4096',
    );
  });
});
