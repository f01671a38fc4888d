import { hasFused, runFused, runFusedAll } from './run-fused.js';
import {
  add,
  customGrad,
  div,
  exp,
  expandDims,
  log,
  max,
  mul,
  squeeze,
  sub,
  sum,
  type Tensor,
  tensor,
} from './tensors.js';

/** Logarithm of the sum of exponentials over the last axis: `[..., n]` → `[...]`. */
export function logSumExp(x: Tensor): Tensor {
  return differentiable(x, undefined);
}

/**
 * Cross-entropy of softmax(logits) against one class a row: `logits [rows, classes]`, `labels` of length rows, each in
 * 0..classes-1 → `[rows]`, in nats. Throws a RangeError for another label.
 */
export function crossEntropy(logits: Tensor, labels: Int32Array): Tensor {
  const classes = logits.shape[1] as number;
  for (const label of labels) {
    if (!(label >= 0 && label < classes)) throw new RangeError(`There is no class ${label} among ${classes}`);
  }
  if (hasFused()) return differentiable(logits, labels);
  const target = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    target[row * classes + label] = 1;
  });
  return sub(logSumExp(logits), sum(mul(logits, tensor(target, [labels.length, classes])), -1));
}

function differentiable(x: Tensor, labels: Int32Array | undefined): Tensor {
  const operation = customGrad((input, save) => {
    const [value, exponentials] = reduced(input as Tensor, labels);
    (save as (tensors: Tensor[]) => void)([exponentials]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kept] = saved as [Tensor];
        if (hasFused()) {
          return runFused('IsthmusLogSumExpGradient', withLabels({ exponentials: kept, dy }, labels));
        }
        return mul(kept, expandDims(div(dy, sum(kept, -1)), -1));
      },
    };
  });
  return operation(x);
}

/** The result, and the exponentials less their greatest. */
function reduced(x: Tensor, labels: Int32Array | undefined): [Tensor, Tensor] {
  if (hasFused()) return runFusedAll('IsthmusLogSumExp', withLabels({ x }, labels)) as [Tensor, Tensor];
  const top = max(x, -1, true);
  const exponentials = exp(sub(x, top));
  return [add(log(sum(exponentials, -1)), squeeze(top, [x.rank - 1])), exponentials];
}

function withLabels(inputs: Record<string, Tensor>, labels: Int32Array | undefined): Record<string, Tensor> {
  return labels === undefined ? inputs : { ...inputs, labels: tensor(labels, [labels.length], 'int32') };
}
