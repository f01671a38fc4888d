import { beforeAll, describe, expect, it } from '@jest/globals';
import { gelu, l2Normalize } from '../activations.js';
import { attention } from '../attention.js';
import { backends, missing, use } from '../conformance/backends.js';
import { crossEntropy, logSumExp } from '../cross-entropy.js';
import { gatherRows } from '../gather-rows.js';
import { layerNorm } from '../layer-norm.js';
import { linear, matMul } from '../mat-mul.js';
import { sampledLogSumExp } from '../sampled-log-sum-exp.js';
import { embeddingBag, sparseMatMul } from '../sparse-matrix.js';
import * as tf from '../tensors.js';
import { type ParameterArray, valueAndGradients } from '../value-and-gradients.js';

/** Three vectors, of which one is the target of the first row. */
const sampledCompetition = {
  ids: Int32Array.of(7, 3, 8),
  targets: Int32Array.of(3, 1, 2),
  shifts: Float32Array.of(0.5, -0.25, 1),
};
const sampledGroups = {
  ofVectors: Int32Array.of(0, 1, 1),
  ofRows: Int32Array.of(1, 0, 2),
  shifts: Float32Array.of(-0.5, 0.75, 2),
};

type Operation = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const cases: readonly [name: string, operation: Operation][] = [
  ['add with broadcasting', (a, b) => tf.add(a, tf.slice(b, [0, 0], [1, 4]))],
  ['sub with broadcasting', (a, b) => tf.sub(tf.slice(a, [0, 0], [3, 1]), b)],
  ['mul', (a, b) => tf.mul(a, b)],
  ['div', (a, b) => tf.div(a, tf.add(tf.square(b), 1))],
  ['squaredDifference', (a, b) => tf.squaredDifference(a, b)],
  ['maximum and minimum', (a, b) => tf.sub(tf.maximum(a, b), tf.mul(tf.minimum(a, b), 3))],
  ['neg, abs, clipByValue', (a) => tf.add(tf.abs(tf.neg(a)), tf.clipByValue(a, -0.5, 0.5))],
  ['exp, log, sqrt, rsqrt, reciprocal', (a) => logarithms(tf.add(tf.square(a), 1))],
  [
    'tanh, sigmoid, relu, softplus',
    (a, b) => tf.add(tf.mul(tf.tanh(a), tf.sigmoid(b)), tf.add(tf.relu(a), tf.softplus(b))),
  ],
  ['softmax', (a, b) => tf.mul(tf.softmax(a), b)],
  ['where', (a, b) => tf.where(tf.greater(a, 0), tf.square(b), tf.mul(a, b))],
  [
    'reshape, transpose, expandDims, squeeze',
    (a, b) => tf.mul(tf.transpose(tf.reshape(a, [4, 3])), tf.squeeze(tf.expandDims(b, 1), [1])),
  ],
  ['concat, split, stack, unstack', (a, b) => rearranged(a, b)],
  ['mean and max', (a, b) => tf.add(tf.mul(tf.mean(a, 0, true), b), tf.max(b, 1, true))],
  [
    'pad',
    (a, b) =>
      tf.mul(
        tf.pad(
          a,
          [
            [1, 0],
            [0, 2],
          ],
          0.5,
        ),
        tf.pad(
          b,
          [
            [0, 1],
            [1, 1],
          ],
          0.25,
        ),
      ),
  ],
  [
    'sparseMatMul',
    (a, b) =>
      tf.mul(
        sparseMatMul(
          {
            rows: 3,
            columns: 3,
            starts: Int32Array.of(0, 2, 2, 4),
            indices: Int32Array.of(0, 2, 1, 0),
            values: Float32Array.of(0.5, -1, 2, 0.25),
          },
          a,
        ),
        b,
      ),
  ],
  [
    'embeddingBag',
    (a, b) => tf.mul(embeddingBag(a, Int32Array.of(1, 1, 0, 2), Int32Array.of(0, 3, 3, 4)), b),
  ],
  ['gelu', (a) => gelu(tf.mul(a, 2))],
  ['l2Normalize', (a, b) => tf.mul(l2Normalize(a), b)],
  ['layerNorm', (a, b) => tf.mul(layerNorm(a, tf.slice(b, [0, 0], [1, 4]), tf.slice(b, [1, 0], [1, 4])), b)],
  ['logSumExp', (a, b) => tf.mul(logSumExp(a), tf.sum(b, 1))],
  ['crossEntropy', (a, b) => tf.mul(crossEntropy(a, Int32Array.of(3, 0, 1)), tf.sum(b, 1))],
  ['sampledLogSumExp', (a, b) => sampledLogSumExp(a, b, sampledCompetition)],
  [
    'sampledLogSumExp of groups',
    (a, b) => tf.mul(sampledLogSumExp(a, b, { ...sampledCompetition, groups: sampledGroups }), tf.sum(a, 1)),
  ],
  ['gatherRows with repeated rows', (a, b) => tf.mul(gatherRows(a, Int32Array.of(2, 0, 2), [3]), b)],
  ['matMul with transposes', (a, b) => tf.add(matMul(a, b, false, true), tf.sum(matMul(a, b, true)))],
  [
    'linear with a bias, rectified',
    (a, b) => linear(a, tf.reshape(b, [4, 3]), tf.slice(tf.reshape(b, [12]), [3], [3]), 'relu'),
  ],
  ['attention', (a, b) => attended(a, b, false)],
  ['causal attention over lengths', (a, b) => attended(a, b, true)],
  ['matMul in batches', (a, b) => matMul(tf.reshape(a, [3, 2, 2]), tf.reshape(b, [3, 2, 2]), true, true)],
  [
    'linear over three axes',
    (a, b) => linear(tf.reshape(a, [3, 2, 2]), tf.slice(b, [0, 0], [2, 3]), tf.slice(b, [2, 0], [1, 3])),
  ],
];

describe.each(backends)('gradients on %s', (backend) => {
  const reason = missing(backend);
  if (reason !== undefined) {
    it.skip(reason, () => undefined);
    return;
  }

  beforeAll(() => use(backend));

  it.each(cases)('of %s agree with finite differences', (_name, operation) => {
    const parameters = { a: values(7), b: values(11, 2.5) };
    const evaluate = () =>
      valueAndGradients(parameters, ({ a, b }) => ({
        value: tf.sum(tf.mul(operation(a, b), weightsLike(operation(a, b)))),
      }));
    const { gradients } = evaluate();
    const delta = 1 / 256;
    for (const name of ['a', 'b'] as const) {
      const data = parameters[name].data;
      for (let i = 0; i < data.length; i++) {
        const centre = data[i] as number;
        data[i] = centre + delta;
        const above = evaluate().value;
        data[i] = centre - delta;
        const below = evaluate().value;
        data[i] = centre;
        const numeric = (above - below) / (2 * delta);
        expect(Math.abs((gradients[name][i] as number) - numeric)).toBeLessThan(
          0.01 * (1 + Math.abs(numeric)),
        );
      }
    }
    expect(tf.memory().numTensors).toBe(0);
  });

  it('refuses an index outside the table', () => {
    const table = tf.zeros([2, 3]);
    expect(() => gatherRows(table, Int32Array.of(2))).toThrow(RangeError);
    table.dispose();
  });
});

function logarithms(positive: tf.Tensor): tf.Tensor {
  const roots = tf.add(tf.sqrt(positive), tf.add(tf.rsqrt(positive), tf.reciprocal(positive)));
  return tf.add(tf.log(positive), tf.mul(tf.exp(tf.neg(positive)), roots));
}

function attended(a: tf.Tensor, b: tf.Tensor, causal: boolean): tf.Tensor {
  const [q, k] = [tf.reshape(a, [2, 3, 2]), tf.reshape(b, [2, 3, 2])];
  return attention(q, k, tf.mul(k, q), { heads: 2, causal, ...(causal && { lengths: Int32Array.of(3, 2) }) });
}

function rearranged(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [left, right] = tf.split(tf.concat([a, b], 1), [3, 5], 1) as [tf.Tensor, tf.Tensor];
  const columns = tf.unstack(right, 1);
  return tf.mul(tf.stack(columns.slice(0, 3), 1), left);
}

/** Fixed weights, so that no gradient is constant. */
function weightsLike(x: tf.Tensor): tf.Tensor {
  return tf.tensor(
    Float32Array.from({ length: x.size }, (_, i) => 0.5 + ((i * 5) % 7) / 8),
    x.shape,
  );
}

/** A `[3, 4]` parameter without ties or zeros. */
function values(factor: number, offset = 2): ParameterArray {
  return {
    shape: [3, 4],
    data: Float32Array.from({ length: 12 }, (_, i) => ((i * factor + offset) % 13) / 6.5 - 0.97),
  };
}
