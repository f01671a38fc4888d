import { type ParameterArray, scoped, type Tensor, tensor, valueAndGradients } from '@isthmus/kernels';
import {
  addOptimiserSlots,
  addTensor,
  applyGradients,
  counter,
  createRandom,
  defaultAdam,
  float32Tensor,
  type Gradient,
} from '@isthmus/learning';

import { type ContentFeatures, contentFeatures } from '../../domain/content-features.js';
import { type ContentBatch, contentLoss, encodeContent } from '../../model/content-encoder.js';
import { tensorNames } from '../../model/model-parts.js';
import { integers } from '../../model/tensor-map.js';
import { itemCategories, noCategory } from './catalogue-phase.js';
import { chosenRows, copyRows } from './chosen-rows.js';
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
    const start = index * values.itemsPerStep;
    const end = Math.min(values.items, start + values.itemsPerStep);
    const features = Array.from({ length: end - start }, (_, at) =>
      contentFeatures(data.item(start + at), values.contentBuckets),
    );
    const vectors = scoped(() => {
      const read = (name: string): Tensor => {
        const { shape, data } = state.tensors.get(name)!;
        return tensor(data as Float32Array, shape as number[]);
      };
      const encoder = { tokens: read(parameters.tokens), numbers: read(parameters.numbers) };
      return encodeContent(encoder, contentBatch(features)).dataSync<'float32'>();
    });
    float32Tensor(state, tensorNames.content).set(vectors, start * values.contentDim);
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
  const labels = new Int32Array(values.contentBatch);
  const shown = Array.from(labels, (_, at) => {
    const item = itemWithCategory(categories, () => random.below(values.items));
    labels[at] = categories[item]!;
    const features = contentFeatures(data.item(item), values.contentBuckets);
    return { ...features, buckets: shownBuckets(features, random.bernoulli(0.5)) };
  });
  const batch = contentBatch(shown);
  const { rows, places } = chosenRows(batch.buckets);
  const stored = (name: string) => state.tensors.get(name) as ParameterArray;
  const tokens = copyRows(float32Tensor(state, parameters.tokens), rows, values.contentDim);
  const { value, gradients } = valueAndGradients(
    {
      tokens: { shape: [rows.length, values.contentDim], data: tokens },
      numbers: stored(parameters.numbers),
      classes: stored(parameters.classes),
    },
    (encoder) => ({ value: contentLoss(encoder, encoder.classes, { ...batch, buckets: places }, labels) }),
  );
  const all = new Map<string, Gradient>([
    [parameters.numbers, gradients.numbers],
    [parameters.classes, gradients.classes],
  ]);
  if (rows.length > 0) {
    all.set(parameters.tokens, { rows, values: gradients.tokens, width: values.contentDim });
  }
  applyGradients(state, all, { ...defaultAdam, learningRate: values.contentRate });
  state.counters.set('content/loss', value);
}

function contentBatch(items: readonly Pick<ContentFeatures, 'buckets' | 'numbers'>[]): ContentBatch {
  const starts = new Int32Array(items.length + 1);
  for (const [at, { buckets }] of items.entries()) starts[at + 1] = starts[at]! + buckets.length;
  const buckets = new Int32Array(starts[items.length]!);
  const count = items[0]?.numbers.length ?? 0;
  const numbers = new Float32Array(items.length * count);
  for (const [at, item] of items.entries()) {
    buckets.set(item.buckets, starts[at]);
    numbers.set(item.numbers, at * count);
  }
  return { buckets, starts, numbers };
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
