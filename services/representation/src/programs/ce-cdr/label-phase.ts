import { counter, createRandom, type Random, setTensor } from '@isthmus/learning';

import { featureSimilarity } from '../../domain/item-features.js';
import { featuresOf, tensorNames } from '../../model/model-parts.js';
import { bytes } from '../../model/tensor-map.js';
import type { Phase, PhaseContext } from './phase.js';

/** Target events that are trained on, and those kept for validation: record and position of each. */
export const sampleTensors = {
  trainingRecords: 'samples/training-records',
  trainingPositions: 'samples/training-positions',
  validationRecords: 'samples/validation-records',
  validationPositions: 'samples/validation-positions',
} as const;

/** Most samples of the validation part. */
const maxValidationSamples = 4_000;

/**
 * Sets the labeller's threshold, a quantile of the similarity over random pairs of a source and a target item, and lists
 * the target events after the cut. The labels themselves are drawn where a row is visited, from generators that are
 * keyed by its target event: the same label and propensity every time.
 */
export const labelPhase: Phase = {
  name: 'label',
  steps: () => 1,
  run(context) {
    context.state.counters.set('labels/threshold', similarityThreshold(context));
    listSamples(context);
  },
};

function similarityThreshold({ values, shape, seed, state }: PhaseContext): number {
  const features = featuresOf(shape, state.tensors);
  const domains = bytes(state.tensors, tensorNames.itemDomains);
  const known = (item: number) => {
    for (let i = item * shape.dim; i < (item + 1) * shape.dim; i++)
      if (features.directions[i] !== 0) return true;
    return false;
  };
  const sources: number[] = [];
  const targets: number[] = [];
  for (let item = 0; item < values.items; item++) {
    if (!known(item)) continue;
    if (domains[item] === shape.targetDomain) targets.push(item);
    else if (shape.sourceDomains.includes(domains[item]!)) sources.push(item);
  }
  if (sources.length === 0 || targets.length === 0) {
    throw new Error('the earlier part of the data has no events in the source or in the target domain');
  }
  const random = createRandom(seed, 'labels/pairs');
  const similarities = Float64Array.from({ length: values.thresholdPairs }, () =>
    featureSimilarity(features, pick(sources, random), features, pick(targets, random), values.contentShare),
  ).sort();
  return similarities[
    Math.min(similarities.length - 1, Math.floor(values.thresholdQuantile * similarities.length))
  ]!;
}

function listSamples({ values, shape, seed, state, data }: PhaseContext): void {
  const cutMs = counter(state, 'window/cut-ms');
  const random = createRandom(seed, 'samples/validation');
  const training: [number[], number[]] = [[], []];
  const validation: [number[], number[]] = [[], []];
  for (let record = 0; record < data.users; record++) {
    const held = random.bernoulli(values.validationShare) && validation[0].length < maxValidationSamples;
    const [records, positions] = held ? validation : training;
    const history = data.history(record);
    for (let position = 0; position < history.length; position++) {
      if (history.domains[position] !== shape.targetDomain || history.timestampsMs[position]! < cutMs)
        continue;
      records.push(record);
      positions.push(position);
    }
  }
  if (training[0].length === 0) throw new Error('no target event falls in the later part of the data');
  const put = (name: string, list: readonly number[]) =>
    setTensor(state, name, [list.length], Uint32Array.from(list));
  put(sampleTensors.trainingRecords, training[0]);
  put(sampleTensors.trainingPositions, training[1]);
  put(sampleTensors.validationRecords, validation[0]);
  put(sampleTensors.validationPositions, validation[1]);
  state.counters.set('samples/training', training[0].length);
  state.counters.set('samples/validation', validation[0].length);
}

function pick(from: readonly number[], random: Random): number {
  return from[random.below(from.length)]!;
}
