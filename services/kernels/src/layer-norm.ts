import { hasFused, runFused, runFusedAll } from './run-fused.js';
import { add, customGrad, mean, mul, reshape, rsqrt, square, sub, sum, type Tensor } from './tensors.js';

/**
 * Layer normalisation over the last axis (Ba et al. 2016): `x [..., dim]`, `gain [dim]`, `bias [dim]` → `[..., dim]`,
 * with the biased variance and `epsilon` added to it.
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const dim = x.shape[x.rank - 1] as number;
  const operation = customGrad((input, scale, shift, save) => {
    const [outcome, y, deviations] = normalise(input as Tensor, scale as Tensor, shift as Tensor, epsilon);
    (save as (tensors: Tensor[]) => void)([y, deviations, scale as Tensor]);
    return {
      value: outcome,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [normal, inverse, weight] = saved as [Tensor, Tensor, Tensor];
        return [
          inputGradient(dy, normal, weight, inverse),
          reshape(sum(reshape(mul(dy, normal), [-1, dim]), 0), weight.shape),
          reshape(sum(reshape(dy, [-1, dim]), 0), weight.shape),
        ];
      },
    };
  });
  return operation(x, gain, bias);
}

/** The result, the input at mean 0 and variance 1, and the inverse of the deviations. */
function normalise(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): [Tensor, Tensor, Tensor] {
  if (hasFused())
    return runFusedAll('IsthmusLayerNorm', { x, gain, bias }, { epsilon }) as [Tensor, Tensor, Tensor];
  const centred = sub(x, mean(x, -1, true));
  const deviations = rsqrt(add(mean(square(centred), -1, true), epsilon));
  const y = mul(centred, deviations);
  return [add(mul(y, gain), bias), y, deviations];
}

/** With g = dy gain: dx = (g - mean(g) - y mean(g y)) / deviation, means over the last axis. */
function inputGradient(dy: Tensor, y: Tensor, gain: Tensor, deviations: Tensor): Tensor {
  if (hasFused()) return runFused('IsthmusLayerNormGradient', { dy, y, gain, deviations });
  const g = mul(dy, gain);
  const along = mul(y, mean(mul(g, y), -1, true));
  return mul(sub(sub(g, mean(g, -1, true)), along), deviations);
}
