import * as tf from '../tensors.js';

/** An operation and what it should give, computed in double precision by plain loops. */
export interface ReferenceCase {
  readonly name: string;
  readonly compute: () => tf.Tensor | tf.Tensor[];
  readonly expected: readonly number[];
  /** Largest error in units of the expected value plus one. Default 2e-6. */
  readonly tolerance?: number;
}

/** A fixed tensor without ties; values between -2 and 2, of which none is zero. */
export class Operand {
  readonly shape: number[];
  readonly values: Float32Array;

  constructor(shape: number[], seed: number, offset = 0) {
    this.shape = shape;
    const count = shape.reduce((total, size) => total * size, 1);
    let state = seed >>> 0;
    this.values = Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return ((state >>> 9) / 2 ** 23) * 4 - 2 + offset;
    });
  }

  tensor(): tf.Tensor {
    return tf.tensor(this.values, this.shape);
  }

  at(...index: number[]): number {
    return this.values[
      index.reduce((place, i, axis) => place * (this.shape[axis] as number) + i, 0)
    ] as number;
  }
}

/** Values of a function of an index, in row-major order of a shape. */
export function table(shape: readonly number[], value: (...index: number[]) => number): number[] {
  const values: number[] = [];
  const visit = (index: number[]): void => {
    if (index.length === shape.length) values.push(value(...index));
    else for (let i = 0; i < (shape[index.length] as number); i++) visit([...index, i]);
  };
  visit([]);
  return values;
}
