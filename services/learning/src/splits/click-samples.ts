import { type InteractionData, itemsOfDomain } from '../interactions/interaction-data.js';
import { createRandomFamily } from '../random/random.js';
import type { EvaluationTargets } from './evaluation-targets.js';

/** Samples for click models, in columns of equal length. */
export interface ClickSamples {
  readonly records: Uint32Array;
  readonly items: Uint32Array;
  readonly timestampsMs: Float64Array;
  /** 1 where the user took the item, 0 for a sampled negative. */
  readonly labels: Uint8Array;
}

/**
 * Every target as a positive, followed by `negatives` items at the same time that the user never took: uniform over
 * the items of the target domain, without repetition within one positive, drawn from (seed, record).
 *
 * @param data the whole data before the split: what the user took later is no negative either
 * @param options.seed 32 bytes
 */
export function sampleClicks(
  data: InteractionData,
  targets: EvaluationTargets,
  options: { readonly targetDomain: number; readonly negatives: number; readonly seed: Uint8Array },
): ClickSamples {
  const { targetDomain, negatives, seed } = options;
  const randomOf = createRandomFamily(seed, `click-negatives/${targets.name}`);
  const items = itemsOfDomain(data.catalogue, targetDomain);
  const rows: { record: number; item: number; timestampMs: number; label: number }[] = [];
  for (const user of targets.users) {
    const taken = new Set(data.users[user.record]!.history.items);
    const open = items.filter((item) => !taken.has(item));
    if (open.length < negatives)
      throw new Error(`record ${user.record} took nearly every item: no negatives are left`);
    const random = randomOf(user.record);
    for (const [index, item] of user.targets.entries()) {
      const row = { record: user.record, timestampMs: user.targetTimestampsMs[index]! };
      rows.push({ ...row, item, label: 1 });
      for (const place of random.choose(open.length, negatives)) {
        rows.push({ ...row, item: open[place]!, label: 0 });
      }
    }
  }
  return {
    records: Uint32Array.from(rows, (row) => row.record),
    items: Uint32Array.from(rows, (row) => row.item),
    timestampsMs: Float64Array.from(rows, (row) => row.timestampMs),
    labels: Uint8Array.from(rows, (row) => row.label),
  };
}
