import { add, customGrad, mul, rsqrt, square, sub, sum, type Tensor, tanh } from './tensors.js';

const slope = Math.fround(Math.sqrt(2 / Math.PI));
const cubic = 0.044715;

/** Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016), element by element. */
export const gelu: (x: Tensor) => Tensor = customGrad((x, save) => {
  const input = x as Tensor;
  const bend = tanh(mul(mul(input, add(mul(square(input), cubic), 1)), slope));
  (save as (tensors: Tensor[]) => void)([input, bend]);
  return {
    value: mul(mul(input, 0.5), add(bend, 1)),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x0, t] = saved as [Tensor, Tensor];
      const inner = mul(add(mul(square(x0), 3 * cubic), 1), slope);
      const steep = mul(mul(x0, sub(1, square(t))), inner);
      return mul(dy, mul(add(add(t, 1), steep), 0.5));
    },
  };
});

/** Vectors of length one along the last axis; `epsilon` is added to the squared length. */
export function l2Normalize(x: Tensor, epsilon = 1e-12): Tensor {
  return mul(x, rsqrt(add(sum(square(x), -1, true), epsilon)));
}
