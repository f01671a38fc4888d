import {
  addOptimiserSlots,
  addTensor,
  applyGradients,
  counter,
  createRandom,
  defaultAdam,
  float32Tensor,
  type Gradient,
  sumRows,
} from '@isthmus/learning';

import { addContentGradient, type ContentParameters, encodeContent } from '../../domain/content-encoder.js';
import { type ContentFeatures, contentFeatures } from '../../domain/content-features.js';
import { tensorNames } from '../../model/model-parts.js';
import { integers } from '../../model/tensor-map.js';
import { itemCategories, noCategory } from './catalogue-phase.js';
import type { Phase, PhaseContext } from './phase.js';

const parameters = {
  tokens: 'content-encoder/tokens',
  numbers: 'content-encoder/numbers',
  classes: 'content-encoder/classes',
} as const;

/** Trains the content encoder by sorting the items of all domains into their shared categories. */
export const contentPhase: Phase = {
  name: 'content',
  steps: (values, state) => (state.counters.get('content/usable') === 1 ? values.contentSteps : 0),
  run(context, index) {
    if (index === 0) allocate(context);
    trainStep(context, index);
  },
};

/** Encodes all items and drops the encoder. */
export const encodePhase: Phase = {
  name: 'encode',
  steps: (values, state) =>
    state.counters.get('content/usable') === 1 ? Math.ceil(values.items / values.itemsPerStep) : 0,
  run({ values, state, data }, index) {
    const vectors = float32Tensor(state, tensorNames.content);
    const encoder = contentParameters(values.contentDim, state);
    const end = Math.min(values.items, (index + 1) * values.itemsPerStep);
    for (let item = index * values.itemsPerStep; item < end; item++) {
      const features = contentFeatures(data.item(item), values.contentBuckets);
      vectors.set(encodeContent(encoder, features), item * values.contentDim);
    }
    if (end < values.items) return;
    for (const name of [...state.tensors.keys()]) {
      if (name.startsWith('content-encoder/') || name === itemCategories) state.tensors.delete(name);
    }
  },
};

function allocate({ values, state, seed }: PhaseContext): void {
  const { contentDim, contentBuckets } = values;
  const random = createRandom(seed, 'content/initial');
  const numbers = counter(state, 'content/numbers');
  const categories = counter(state, 'content/categories');
  random.fillNormal(addTensor(state, parameters.tokens, 'float32', [contentBuckets, contentDim]), 0, 0.1);
  random.fillNormal(addTensor(state, parameters.numbers, 'float32', [contentDim, numbers]), 0, 0.1);
  random.fillNormal(addTensor(state, parameters.classes, 'float32', [categories, contentDim + 1]), 0, 0.1);
  addOptimiserSlots(state, Object.values(parameters), defaultAdam);
}

function trainStep({ values, state, seed, data }: PhaseContext, index: number): void {
  const random = createRandom(seed, 'content/batch', index);
  const categories = integers(state.tensors, itemCategories);
  const encoder = contentParameters(values.contentDim, state);
  const into = {
    tokenRows: [],
    tokenValues: [],
    numbers: new Float64Array(encoder.numbers.length),
    classes: new Float64Array(encoder.classes.length),
  };
  let loss = 0;
  for (let at = 0; at < values.contentBatch; at++) {
    const item = itemWithCategory(categories, () => random.below(values.items));
    const features = contentFeatures(data.item(item), values.contentBuckets);
    const buckets = shownBuckets(features, random.bernoulli(0.5));
    loss += addContentGradient(encoder, features, buckets, categories[item]!, 1 / values.contentBatch, into);
  }
  const gradients = new Map<string, Gradient>([
    [parameters.numbers, Float32Array.from(into.numbers)],
    [parameters.classes, Float32Array.from(into.classes)],
  ]);
  if (into.tokenRows.length > 0) {
    gradients.set(parameters.tokens, sumRows(into.tokenRows, into.tokenValues, values.contentDim));
  }
  applyGradients(state, gradients, { ...defaultAdam, learningRate: values.contentRate });
  state.counters.set('content/loss', loss / values.contentBatch);
}

/** The buckets of an item, mostly without its category: the words have to say it. */
function shownBuckets(features: ContentFeatures, withCategory: boolean): Uint32Array {
  const wordless = features.buckets.length === 1 && features.numbers.length === 0;
  if (!features.hasCategory || withCategory || wordless) return features.buckets;
  return features.buckets.subarray(1);
}

/** Draws until an item has a category; there are at least two categories, so it ends. */
function itemWithCategory(categories: Uint32Array, draw: () => number): number {
  for (;;) {
    const item = draw();
    if (categories[item] !== noCategory) return item;
  }
}

function contentParameters(dim: number, state: PhaseContext['state']): ContentParameters {
  return {
    dim,
    tokens: float32Tensor(state, parameters.tokens),
    numbers: float32Tensor(state, parameters.numbers),
    classes: float32Tensor(state, parameters.classes),
  };
}
