import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { countBatches, createBatchSchedule, epochBatches } from './batch-schedule.js';

const seed = new Uint8Array(32).fill(9);
const settings = { batchSize: 4, lengthBounds: [3, 6] };

describe('epochBatches', () => {
  it('gives every example once, in batches of one length class', () => {
    const lengths = fc.array(fc.nat(10), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, fc.nat(5), (examples, epoch) => {
        const batches = epochBatches(seed, 'order', epoch, examples, settings);
        const all = batches.flatMap((batch) => Array.from(batch));
        expect(all.toSorted((a, b) => a - b)).toEqual(examples.map((_, index) => index));
        expect(batches.length).toBe(countBatches(examples, settings));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(4);
          const classes = new Set(
            Array.from(batch, (example) => (examples[example]! <= 3 ? 0 : examples[example]! <= 6 ? 1 : 2)),
          );
          expect(classes.size).toBe(1);
        }
      }),
    );
  });

  it('orders each epoch differently and every run the same', () => {
    const lengths = new Uint8Array(40).fill(1);
    const order = (epoch: number) =>
      epochBatches(seed, 'order', epoch, lengths, settings).map((batch) => batch.join());
    expect(order(0)).toEqual(order(0));
    expect(order(1)).not.toEqual(order(0));
  });

  it('refuses a batch without examples', () => {
    expect(() => epochBatches(seed, 'order', 0, [1], { ...settings, batchSize: 0 })).toThrow(RangeError);
  });
});

describe('createBatchSchedule', () => {
  it('answers for any step without those before it', () => {
    const lengths = Array.from({ length: 30 }, (_, index) => index % 9);
    const forward = createBatchSchedule(seed, 'order', lengths, settings);
    const steps = 3 * forward.batchesPerEpoch;
    const all = Array.from({ length: steps }, (_, at) => forward.batchAt(at).join());
    for (const at of [steps - 1, 0, 7, forward.batchesPerEpoch]) {
      expect(createBatchSchedule(seed, 'order', lengths, settings).batchAt(at).join()).toBe(all[at]);
    }
  });
});
