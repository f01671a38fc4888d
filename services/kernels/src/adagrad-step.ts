import { hasFused, runFused } from './run-fused.js';
import { stepInPlace } from './step-in-place.js';
import type { Tensor } from './tensors.js';

/** Arrays of one parameter, equally long, that a step changes in place. Resident ones are not copied. */
export interface AdagradArrays {
  readonly parameter: Float32Array;
  /** Sum of the squares of all gradients. */
  readonly squares: Float32Array;
}

/** Numbers of Adagrad. */
export interface AdagradNumbers {
  readonly learningRate: number;
  readonly epsilon: number;
}

/**
 * One step of Adagrad (Duchi et al. 2011, section 1.1): `s = s + g^2`, `x = x - rate g / (sqrt(s) + epsilon)`.
 * @param gradient as long as the arrays
 */
export function adagradStep(arrays: AdagradArrays, gradient: Tensor, numbers: AdagradNumbers): void {
  const { learningRate: rate, epsilon } = numbers;
  const { parameter, squares } = arrays;
  if (hasFused()) {
    stepInPlace({ parameter, squares }, (tensors) => {
      runFused('IsthmusAdagrad', { ...tensors, gradient }, { rate, epsilon });
    });
    return;
  }
  gradient.dataSync<'float32'>().forEach((g, i) => {
    const sum = (squares[i] as number) + g * g;
    squares[i] = sum;
    parameter[i] = (parameter[i] as number) - (rate * g) / (Math.sqrt(sum) + epsilon);
  });
}
