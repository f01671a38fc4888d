import type { Matrix, Vector } from '@isthmus/proto/isthmus/model/v1/vector.js';

/** A vector as the contract has it. */
export function encodeVector(values: Float32Array): Vector {
  return { dim: values.length, values: littleEndian(values) };
}

/** A row-major matrix as the contract has it. */
export function encodeMatrix(values: Float32Array, rows: number, columns: number): Matrix {
  return { rows, columns, values: littleEndian(values) };
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, 4 * index);
  });
  return bytes;
}
