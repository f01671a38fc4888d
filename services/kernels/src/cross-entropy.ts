import {
  add,
  customGrad,
  exp,
  expandDims,
  log,
  max,
  mul,
  oneHot,
  softmax,
  squeeze,
  sub,
  sum,
  type Tensor,
  tensor1d,
} from './tensors.js';

/** Logarithm of the sum of exponentials over the last axis: `[..., n]` → `[...]`. */
export const logSumExp: (x: Tensor) => Tensor = customGrad((x, save) => {
  const input = x as Tensor;
  const top = max(input, -1, true);
  (save as (tensors: Tensor[]) => void)([input]);
  return {
    value: squeeze(add(log(sum(exp(sub(input, top)), -1, true)), top), [-1 + input.rank]),
    gradFunc: (dy: Tensor, saved: Tensor[]) => mul(softmax(saved[0] as Tensor), expandDims(dy, -1)),
  };
});

/**
 * Cross-entropy of softmax(logits) against one class a row: `logits [rows, classes]`, `labels` of length rows, each in
 * 0..classes-1 → `[rows]`, in nats.
 */
export function crossEntropy(logits: Tensor, labels: Int32Array): Tensor {
  const classes = logits.shape[1] as number;
  const target = oneHot(tensor1d(labels, 'int32'), classes, 1, 0, 'float32');
  return sub(logSumExp(logits), sum(mul(logits, target), -1));
}
