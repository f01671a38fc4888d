import { hasFused, runFused } from './run-fused.js';
import { add, customGrad, erf, exp, mul, rsqrt, square, sum, type Tensor } from './tensors.js';

/** Gaussian error linear unit `x Phi(x)` (Hendrycks and Gimpel 2016), element by element, by the error function. */
export const gelu: (x: Tensor) => Tensor = customGrad((x, save) => {
  const input = x as Tensor;
  (save as (tensors: Tensor[]) => void)([input]);
  return {
    value: hasFused() ? runFused('IsthmusGelu', { x: input }) : mul(input, normalShare(input)),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x0] = saved as [Tensor];
      if (hasFused()) return runFused('IsthmusGeluGradient', { x: x0, dy });
      const density = mul(exp(mul(square(x0), -0.5)), Math.sqrt(0.5 / Math.PI));
      return mul(dy, add(normalShare(x0), mul(x0, density)));
    },
  };
});

/** Phi(x): the share of the normal distribution below x. */
function normalShare(x: Tensor): Tensor {
  return mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
}

/** Vectors of length one along the last axis; `epsilon` is added to the squared length. */
export function l2Normalize(x: Tensor, epsilon = 1e-12): Tensor {
  return mul(x, rsqrt(add(sum(square(x), -1, true), epsilon)));
}
