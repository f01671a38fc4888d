import { counter, eventsBefore, type Random } from '@isthmus/learning';

import { itemsAt, usableEvents } from '../../domain/usable-events.js';
import type { ClickQuery } from '../../model/click-batch.js';
import { tensorNames } from '../../model/model-parts.js';
import { targetRows } from '../../model/target-rows.js';
import { bytes } from '../../model/tensor-map.js';
import type { PhaseContext } from './phase.js';

/**
 * Reads the sample at a position of a record: what was known just before the target event, the item taken, and negatives, in this
 * order. Negatives are uniform over the target items that the user never took.
 */
export function readSample(
  context: PhaseContext,
  record: number,
  position: number,
  random: Random,
): ClickQuery {
  const { values, shape, state, data } = context;
  const { rows, items } = targetRows(bytes(state.tensors, tensorNames.itemDomains), shape.targetDomain);
  const history = data.history(record);
  const timeMs = history.timestampsMs[position]!;
  const events = usableEvents(history, eventsBefore(history, timeMs), shape);
  const taken = new Set<number>(history.items);
  const candidates = new Uint32Array(1 + values.negatives);
  candidates[0] = history.items[position]!;
  for (let at = 1; at < candidates.length; at++) {
    let item = items[random.below(items.length)]!;
    for (let tries = 0; taken.has(item) && tries < 50; tries++) item = items[random.below(items.length)]!;
    candidates[at] = item;
  }
  return {
    timeMs,
    sourceItems: itemsAt(history, events.source),
    targetHistory: itemsAt(history, events.target).map((item) => rows[item]!),
    candidates,
  };
}

/** Numbers the target events of all records, for generators keyed by one of them: record 2^20 + position. */
export function sampleKey(record: number, position: number): number {
  return record * 2 ** 20 + position;
}

/** Width of the recent window of popularity, in milliseconds. */
export function recentMs(context: PhaseContext): number {
  return counter(context.state, 'window/recent-ms');
}
