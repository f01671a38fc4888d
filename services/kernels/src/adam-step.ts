import { hasFused, runFused } from './run-fused.js';
import { stepInPlace } from './step-in-place.js';
import type { Tensor } from './tensors.js';

/** Arrays of one parameter, equally long, that a step changes in place. Resident ones are not copied. */
export interface AdamArrays {
  readonly parameter: Float32Array;
  /** Running mean of the gradients. */
  readonly first: Float32Array;
  /** Running mean of their squares. */
  readonly second: Float32Array;
}

/** Numbers of Adam. */
export interface AdamNumbers {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: what, times the learning rate, is taken off the parameter. */
  readonly weightDecay: number;
}

/**
 * One step of Adam with decoupled weight decay (Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2).
 * @param gradient as long as the arrays
 * @param step number of this step, from 1
 */
export function adamStep(arrays: AdamArrays, gradient: Tensor, step: number, numbers: AdamNumbers): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = numbers;
  const attributes = {
    firstShare: 1 - beta1,
    secondShare: 1 - beta2,
    rate: learningRate / (1 - beta1 ** step),
    correction: 1 / (1 - beta2 ** step),
    epsilon,
    kept: 1 - learningRate * weightDecay,
  };
  if (!hasFused()) {
    stepHere(arrays, gradient.dataSync<'float32'>(), attributes);
    return;
  }
  stepInPlace({ parameter: arrays.parameter, first: arrays.first, second: arrays.second }, (tensors) => {
    runFused('IsthmusAdam', { ...tensors, gradient }, attributes);
  });
}

/** What the kernel is given. */
export interface AdamAttributes {
  readonly firstShare: number;
  readonly secondShare: number;
  readonly rate: number;
  readonly correction: number;
  readonly epsilon: number;
  readonly kept: number;
}

function stepHere(
  { parameter, first, second }: AdamArrays,
  gradient: Float32Array,
  numbers: AdamAttributes,
): void {
  const { firstShare, secondShare, rate, correction, epsilon, kept } = numbers;
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i] as number;
    const m = (first[i] as number) + firstShare * (g - (first[i] as number));
    const v = (second[i] as number) + secondShare * (g * g - (second[i] as number));
    first[i] = m;
    second[i] = v;
    parameter[i] = kept * (parameter[i] as number) - (rate * m) / (Math.sqrt(v * correction) + epsilon);
  }
}
