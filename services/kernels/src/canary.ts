import { createHash } from 'node:crypto';
import { gelu, l2Normalize } from './activations.js';
import { crossEntropy } from './cross-entropy.js';
import { gatherRows } from './gather-rows.js';
import { layerNorm } from './layer-norm.js';
import { linear, matMul } from './mat-mul.js';
import { add, mean, reshape, sigmoid, softmax } from './tensors.js';
import { valueAndGradients } from './value-and-gradients.js';

/**
 * SHA-256, hexadecimal, of a fixed small forward and backward pass through the operations that models use. Two machines
 * with the same digest are very likely to train the same bits; two with different digests certainly are not.
 */
export function runCanary(): string {
  const random = numbers(20251014);
  const parameters = {
    table: { shape: [17, 12], data: random(17 * 12) },
    gain: { shape: [12], data: random(12) },
    bias: { shape: [12], data: random(12) },
    weight: { shape: [12, 20], data: random(12 * 20) },
    output: { shape: [20, 9], data: random(20 * 9) },
  };
  const indices = Int32Array.from({ length: 15 }, (_, i) => (i * 7) % 17);
  const labels = Int32Array.from({ length: 15 }, (_, i) => (i * 5) % 9);
  const result = valueAndGradients(parameters, ({ table, gain, bias, weight, output }) => {
    const rows = layerNorm(gatherRows(table, indices, [3, 5]), gain, bias);
    const mixed = matMul(softmax(matMul(rows, rows, false, true)), rows);
    const hidden = l2Normalize(gelu(linear(add(mixed, sigmoid(rows)), weight)));
    const logits = reshape(linear(hidden, output), [15, 9]);
    return { value: mean(crossEntropy(logits, labels)) };
  });
  const hash = createHash('sha256').update(bytesOf(Float64Array.of(result.value)));
  for (const name of ['table', 'gain', 'bias', 'weight', 'output'] as const) {
    hash.update(bytesOf(result.gradients[name]));
  }
  return hash.digest('hex');
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

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
