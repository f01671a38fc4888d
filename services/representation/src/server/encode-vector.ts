import { encodeFloats } from '@isthmus/learning';
import type { Matrix, Vector } from '@isthmus/proto/isthmus/model/v1/vector.js';

/** A vector as the contract has it. */
export function encodeVector(values: Float32Array): Vector {
  return { dim: values.length, values: bufferOf(values) };
}

/** A row-major matrix as the contract has it. */
export function encodeMatrix(values: Float32Array, rows: number, columns: number): Matrix {
  return { rows, columns, values: bufferOf(values) };
}

function bufferOf(values: Float32Array): Buffer {
  return Buffer.from(encodeFloats(values).buffer);
}
