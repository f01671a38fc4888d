import { add, customGrad, mean, mul, rsqrt, square, sub, type Tensor } from './tensors.js';

/**
 * Layer normalisation over the last axis (Ba et al. 2016): `x [..., dim]`, `gain [dim]`, `bias [dim]` → `[..., dim]`,
 * with the biased variance and `epsilon` added to it.
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  return add(mul(standardise(x, epsilon), gain), bias);
}

function standardise(x: Tensor, epsilon: number): Tensor {
  const operation = customGrad((input, save) => {
    const centred = sub(input as Tensor, mean(input as Tensor, -1, true));
    const inverseDeviation = rsqrt(add(mean(square(centred), -1, true), epsilon));
    const value = mul(centred, inverseDeviation);
    (save as (tensors: Tensor[]) => void)([value, inverseDeviation]);
    return {
      value,
      // dx = (dy - mean(dy) - y mean(dy y)) / deviation, means over the last axis
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, inverse] = saved as [Tensor, Tensor];
        const along = mul(y, mean(mul(dy, y), -1, true));
        return mul(sub(sub(dy, mean(dy, -1, true)), along), inverse);
      },
    };
  });
  return operation(x);
}
