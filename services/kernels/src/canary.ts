import { createHash } from 'node:crypto';
import { gelu, l2Normalize } from './activations.js';
import { adagradStep } from './adagrad-step.js';
import { adamStep } from './adam-step.js';
import { attention } from './attention.js';
import { crossEntropy, logSumExp } from './cross-entropy.js';
import { gatherRows } from './gather-rows.js';
import { layerNorm } from './layer-norm.js';
import { linear, matMul } from './mat-mul.js';
import { nearestCodes } from './nearest-codes.js';
import { sampledLogSumExp } from './sampled-log-sum-exp.js';
import { scoped } from './scoped.js';
import { embeddingBag, sparseMatMul } from './sparse-matrix.js';
import * as tf from './tensors.js';
import { differentiate, type ParameterArray } from './value-and-gradients.js';

const [batch, places, dim, items, classes] = [3, 5, 12, 17, 9];
const segments = 3;
const stepsOfSegment = 2;

/**
 * What {@link runCanary} gives wherever our kernels compute as they are defined. A change of a kernel's bits changes it, and
 * raises the version of the profile.
 */
export const canaryDigest = '3ee1f8c567540e458c86c80f385ed00387eef2290b5d538d3ab2e68e1adf7c63';

/**
 * SHA-256, hexadecimal, of three training segments of a small model that uses every kernel: the whole state after each
 * segment, and the results of the operations that have no gradient. Two machines with the same digest are very likely to train
 * the same bits; two with different digests certainly are not.
 */
export function runCanary(): string {
  const model = new CanaryModel();
  const hash = createHash('sha256');
  let step = 0;
  for (let segment = 0; segment < segments; segment++) {
    for (let i = 0; i < stepsOfSegment; i++) {
      step += 1;
      hash.update(bytesOf(Float64Array.of(model.step(step))));
    }
    for (const array of model.state()) hash.update(bytesOf(array));
  }
  for (const values of scoped(() => withoutGradients(model.table()))) hash.update(bytesOf(values));
  return hash.digest('hex');
}

/** Parameters, the moments of Adam, and the squares of Adagrad for the table. */
class CanaryModel {
  readonly #parameters: Record<string, ParameterArray>;
  readonly #first = new Map<string, Float32Array>();
  readonly #second = new Map<string, Float32Array>();

  constructor() {
    const random = numbers(20251014);
    const parameter = (...shape: number[]): ParameterArray => ({
      shape,
      data: random(shape.reduce((total, size) => total * size, 1)),
    });
    this.#parameters = {
      table: parameter(items, dim),
      gain: parameter(dim),
      bias: parameter(dim),
      query: parameter(dim, dim),
      wide: parameter(dim, 20),
      wideBias: parameter(20),
      output: parameter(20, classes),
      scale: parameter(1, dim),
    };
    for (const [name, { data }] of Object.entries(this.#parameters)) {
      this.#first.set(name, new Float32Array(data.length));
      this.#second.set(name, new Float32Array(data.length));
    }
  }

  /** Trains one step and returns its loss. */
  step(step: number): number {
    const numbersOfAdam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
    const { value } = differentiate(this.#parameters, lossOf, (name, gradient) => {
      if (gradient === undefined) throw new Error(`The canary's loss does not depend on ${name}`);
      const { data } = this.#parameters[name] as ParameterArray;
      const first = this.#first.get(name) as Float32Array;
      const second = this.#second.get(name) as Float32Array;
      if (name === 'table') {
        adagradStep({ parameter: data, squares: second }, gradient, { learningRate: 0.05, epsilon: 1e-8 });
      } else {
        adamStep({ parameter: data, first, second }, gradient, step, numbersOfAdam);
      }
    });
    return value;
  }

  state(): Float32Array[] {
    const parameters = Object.values(this.#parameters).map(({ data }) => data);
    return [...parameters, ...this.#first.values(), ...this.#second.values()];
  }

  table(): Float32Array {
    return (this.#parameters.table as ParameterArray).data;
  }
}

function lossOf(model: Record<string, tf.Tensor>): { value: tf.Tensor } {
  const { table, gain, bias, query, wide, wideBias, output, scale } = model as Record<
    'table' | 'gain' | 'bias' | 'query' | 'wide' | 'wideBias' | 'output' | 'scale',
    tf.Tensor
  >;
  const taken = Int32Array.from({ length: batch * places }, (_, i) => (i * 7) % items);
  const labels = Int32Array.from({ length: batch * places }, (_, i) => (i * 5) % classes);
  const looked = layerNorm(gatherRows(table, taken, [batch, places]), gain, bias);
  const seen = { heads: 3, causal: true, lengths: Int32Array.of(5, 3, 4) };
  const attended = tf.add(looked, attention(linear(looked, query), looked, tf.sigmoid(looked), seen));
  const scaled = tf.sub(tf.mul(attended, scale), tf.div(attended, tf.add(tf.square(scale), 1)));
  const hidden = linear(l2Normalize(gelu(scaled)), wide, wideBias, 'relu');
  const logits = tf.reshape(linear(tf.add(hidden, tf.tanh(tf.neg(hidden))), output), [
    batch * places,
    classes,
  ]);
  const bags = embeddingBag(table, Int32Array.of(3, 3, 11, 0), Int32Array.of(0, 2, 2, 4));
  const graph = sparseMatMul(
    {
      rows: 2,
      columns: items,
      starts: Int32Array.of(0, 2, 3),
      indices: Int32Array.of(1, 16, 5),
      values: Float32Array.of(0.5, -0.25, 2),
    },
    table,
  );
  const mixed = tf.softmax(
    matMul(
      tf.concat([bags, graph], 0),
      tf.transpose(
        tf.pad(query, [
          [0, 1],
          [0, 0],
        ]),
      ),
    ),
  );
  const bounds = tf.add(tf.maximum(mixed, 0.1), tf.minimum(mixed, tf.clipByValue(mixed, 0, 0.2)));
  const smooth = tf.add(tf.softplus(bounds), tf.mul(tf.exp(bounds), tf.rsqrt(tf.add(tf.abs(bounds), 0.5))));
  const chosen = tf.where(tf.greater(smooth, 1), tf.log(smooth), tf.sqrt(smooth));
  const reciprocal = tf.reciprocal(tf.add(tf.squaredDifference(chosen, 2), 1));
  const spread = tf.add(logSumExp(tf.concat(tf.split(reciprocal, [6, 7], 1), 1)), tf.max(reciprocal, 1));
  const sampled = sampledLogSumExp(matMul(bags, query), gatherRows(table, Int32Array.of(4, 9, 16, 9, 1)), {
    ids: Int32Array.of(4, 9, 16, 9, 1),
    targets: Int32Array.of(9, 2, 1),
    shifts: Float32Array.of(0.5, -1, 0.25, -1, 2),
    groups: {
      ofVectors: Int32Array.of(0, 1, 0, 1, 1),
      ofRows: Int32Array.of(0, 1, 2),
      shifts: Float32Array.of(-0.5, 1, 0, 1, 0.125),
    },
  });
  const losses = tf.add(tf.mean(crossEntropy(logits, labels)), tf.mean(sampled));
  const value = tf.add(losses, tf.mean(tf.stack(tf.unstack(spread), 0)));
  return { value };
}

/** Results of the kernels that no gradient needs. */
function withoutGradients(values: Float32Array): (Float32Array | Int32Array | Uint8Array)[] {
  const x = tf.tensor(values, [items, dim]);
  const y = tf.tensor(values.toReversed(), [items, dim]);
  const [a, b] = [tf.cast(tf.mul(x, 7), 'int32'), tf.cast(tf.mul(y, 7), 'int32')];
  const { values: top, indices } = tf.topk(x, 4);
  const truths = tf.logicalOr(tf.greaterEqual(x, y), tf.logicalAnd(tf.lessEqual(a, b), tf.notEqual(a, b)));
  const results: tf.Tensor[] = [
    top,
    indices,
    ...[tf.add, tf.sub, tf.mul, tf.maximum, tf.minimum, tf.squaredDifference].map((operation) =>
      operation(a, b),
    ),
    ...[tf.equal, tf.greater, tf.less, tf.greaterEqual].map((operation) => operation(a, b)),
    ...[tf.equal, tf.notEqual, tf.less, tf.lessEqual].map((operation) => operation(x, y)),
    ...[tf.floor, tf.ceil, tf.round, tf.sign, tf.step, tf.relu, tf.expm1, tf.erf].map((operation) =>
      operation(x),
    ),
    tf.log1p(tf.square(x)),
    tf.logicalNot(truths),
    tf.any(truths, 1),
    tf.all(truths, 0),
    tf.cast(x, 'bool'),
    tf.cast(a, 'bool'),
    tf.cast(a, 'float32'),
    tf.argMax(x, 1),
    tf.argMin(x, 0),
    tf.max(x, 0),
    tf.min(x, 1),
    tf.prod(x, 1),
    tf.sum(a, 1),
    tf.cumsum(x, 1, true, true),
    tf.oneHot(tf.argMax(x, 1) as tf.Tensor1D, dim),
    tf.tile(tf.transpose(tf.reshape(x, [items, 3, 4]), [1, 0, 2]), [1, 2, 1]),
    tf.onesLike(x),
    nearestCodes(x, tf.slice(y, [2, 0], [5, dim])),
  ];
  return results.map((result) => result.dataSync() as Float32Array | Int32Array | Uint8Array);
}

/** Multiples of 2^-15 in [-1, 1), exact in float32, from a linear congruential generator. */
function numbers(seed: number): (count: number) => Float32Array {
  let state = seed >>> 0;
  return (count) =>
    Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 16) / 32768 - 1;
    });
}

function bytesOf(values: Float32Array | Float64Array | Int32Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
