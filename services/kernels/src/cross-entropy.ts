import {
  add,
  customGrad,
  exp,
  expandDims,
  log,
  max,
  mul,
  softmax,
  squeeze,
  sub,
  sum,
  type Tensor,
  tensor,
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
 * 0..classes-1 → `[rows]`, in nats. The labels are laid out here: the backend's one-hot kernel is wrong for many rows.
 */
export function crossEntropy(logits: Tensor, labels: Int32Array): Tensor {
  const classes = logits.shape[1] as number;
  const target = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    if (!(label >= 0 && label < classes)) throw new RangeError(`There is no class ${label} among ${classes}`);
    target[row * classes + label] = 1;
  });
  return sub(logSumExp(logits), sum(mul(logits, tensor(target, [labels.length, classes])), -1));
}
