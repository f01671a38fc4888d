import { exp, log } from '@isthmus/learning';

import type { ContentFeatures } from './content-features.js';

/** Parameters of the content encoder. */
export interface ContentParameters {
  readonly dim: number;
  /** Embedding of each bucket, `[buckets, dim]`. */
  readonly tokens: Float32Array;
  /** Projection of the numeric features, `[dim, numbers]`. */
  readonly numbers: Float32Array;
  /** Classifier, `[categories, dim + 1]`, the last column being the bias. */
  readonly classes: Float32Array;
}

/** Derivatives of a batch. Rows of the token table may repeat. */
export interface ContentGradient {
  readonly tokenRows: number[];
  readonly tokenValues: number[];
  readonly numbers: Float64Array;
  readonly classes: Float64Array;
}

/** Content vector of an item: mean of its buckets' embeddings plus the projection of its numbers. `[dim]` */
export function encodeContent(
  parameters: ContentParameters,
  features: ContentFeatures,
  buckets: Uint32Array = features.buckets,
): Float64Array {
  const { dim } = parameters;
  const vector = new Float64Array(dim);
  for (const bucket of buckets) {
    for (let i = 0; i < dim; i++) {
      vector[i] = vector[i]! + parameters.tokens[bucket * dim + i]! / buckets.length;
    }
  }
  const count = features.numbers.length;
  for (let i = 0; i < dim; i++) {
    for (let n = 0; n < count; n++) {
      vector[i] = vector[i]! + parameters.numbers[i * count + n]! * features.numbers[n]!;
    }
  }
  return vector;
}

/**
 * Cross-entropy of an item's category under softmax(W e + b), and its derivatives added up: the content encoder is
 * learnt by sorting items of all domains into their shared categories.
 *
 * @param buckets the buckets shown, usually without the category itself
 */
export function addContentGradient(
  parameters: ContentParameters,
  features: ContentFeatures,
  buckets: Uint32Array,
  category: number,
  weight: number,
  into: ContentGradient,
): number {
  const { dim, classes } = parameters;
  const vector = encodeContent(parameters, features, buckets);
  const width = dim + 1;
  const categories = classes.length / width;
  const probabilities = new Float64Array(categories);
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < categories; c++) {
    let logit = classes[c * width + dim]!;
    for (let i = 0; i < dim; i++) logit += classes[c * width + i]! * vector[i]!;
    probabilities[c] = logit;
    if (logit > largest) largest = logit;
  }
  let sum = 0;
  for (let c = 0; c < categories; c++) {
    probabilities[c] = exp(probabilities[c]! - largest);
    sum += probabilities[c]!;
  }
  const byVector = new Float64Array(dim);
  for (let c = 0; c < categories; c++) {
    const g = weight * (probabilities[c]! / sum - (c === category ? 1 : 0));
    for (let i = 0; i < dim; i++) {
      into.classes[c * width + i] = into.classes[c * width + i]! + g * vector[i]!;
      byVector[i] = byVector[i]! + g * classes[c * width + i]!;
    }
    into.classes[c * width + dim] = into.classes[c * width + dim]! + g;
  }
  for (const bucket of buckets) {
    into.tokenRows.push(bucket);
    for (let i = 0; i < dim; i++) into.tokenValues.push(byVector[i]! / buckets.length);
  }
  const count = features.numbers.length;
  for (let i = 0; i < dim; i++) {
    for (let n = 0; n < count; n++) {
      const at = i * count + n;
      into.numbers[at] = into.numbers[at]! + byVector[i]! * features.numbers[n]!;
    }
  }
  return -log(probabilities[category]! / sum);
}
