import type { Random } from '@isthmus/learning';
import { labelCauses } from '../../domain/causal-labels.js';
import { featureSimilarity } from '../../domain/item-features.js';
import type { PartialLabelRows } from '../../domain/partial-label-loss.js';
import type { ClickBatch } from '../../model/click-batch.js';
import { featuresOf } from '../../model/model-parts.js';
import type { PhaseContext } from './phase.js';

/**
 * Labels and propensities of all (source event, candidate) pairs of a batch, `[events, targets]` as the scores. The first candidate of
 * a user happened: its causes are labelled by chance. Nothing caused the others, so their rows are certain negatives.
 *
 * @param coins generator of the labels of a user of the batch
 */
export function causalRows(
  { values, shape, state }: PhaseContext,
  { pairs: { layout, targets }, sourceItems, candidates }: ClickBatch,
  coins: (user: number) => Random,
): PartialLabelRows {
  const features = featuresOf(shape, state.tensors);
  const settings = {
    floor: values.propensityFloor,
    threshold: state.counters.get('labels/threshold')!,
    temperature: values.propensityTemperature,
    most: values.mostCauses,
  };
  const labels = new Uint8Array(layout.events * targets);
  const propensities = new Float64Array(layout.events * targets).fill(1);
  for (let user = 0; user < layout.users; user++) {
    const start = layout.starts[user]!;
    const taken = candidates[user * targets]!;
    const similarities = Array.from(sourceItems.subarray(start, layout.starts[user + 1]), (item) =>
      featureSimilarity(features, item, features, taken, values.contentShare),
    );
    const drawn = labelCauses(similarities, settings, coins(user));
    for (let at = 0; at < similarities.length; at++) {
      labels[(start + at) * targets] = drawn.labels[at]!;
      propensities[(start + at) * targets] = drawn.propensities[at]!;
    }
  }
  return { labels, propensities };
}
