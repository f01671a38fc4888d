import {
  add,
  concat,
  crossEntropy,
  embeddingBag,
  matMul,
  mean,
  mul,
  ones,
  type Tensor,
  tensor,
} from '@isthmus/kernels';

/** Parameters of the content encoder. */
export interface ContentTensors {
  /** Embedding of each bucket, `[buckets, dim]`. */
  readonly tokens: Tensor;
  /** Projection of the numeric features, `[dim, numbers]`. */
  readonly numbers: Tensor;
}

/** Items to be encoded. */
export interface ContentBatch {
  /** Rows of `tokens`, item after item. */
  readonly buckets: Int32Array;
  /** Buckets of item i are `starts[i]` to `starts[i + 1]` - 1, `[items + 1]`. */
  readonly starts: Int32Array;
  /** Numeric features, `[items, numbers]`. */
  readonly numbers: Float32Array;
}

/** Content vectors of items: mean of their buckets' embeddings plus the projection of their numbers. `[items, dim]` */
export function encodeContent(
  parameters: ContentTensors,
  { buckets, starts, numbers }: ContentBatch,
): Tensor {
  const items = starts.length - 1;
  const inverse = Float32Array.from({ length: items }, (_, item) => {
    const count = starts[item + 1]! - starts[item]!;
    return count === 0 ? 0 : 1 / count;
  });
  const words = mul(embeddingBag(parameters.tokens, buckets, starts), tensor(inverse, [items, 1]));
  const count = numbers.length / items;
  if (count === 0) return words;
  return add(words, matMul(tensor(numbers, [items, count]), parameters.numbers, false, true));
}

/**
 * Mean cross-entropy of the items' categories under softmax(W e + b): the content encoder is learnt by sorting items of all
 * domains into their shared categories.
 *
 * @param classes `[categories, dim + 1]`, the last column being the bias @param categories of each item
 */
export function contentLoss(
  parameters: ContentTensors,
  classes: Tensor,
  batch: ContentBatch,
  categories: Int32Array,
): Tensor {
  const vectors = concat([encodeContent(parameters, batch), ones([categories.length, 1])], 1);
  return mean(crossEntropy(matMul(vectors, classes, false, true), categories));
}
