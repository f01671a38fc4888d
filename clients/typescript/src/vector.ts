import type { Matrix, Vector } from '@isthmus/proto/isthmus/model/v1/vector.js';

/** A vector as the services send it: little-endian float32. Copies. */
export function toVector(values: Float32Array | readonly number[]): Vector {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  return { dim: values.length, values: Buffer.from(bytes.buffer) };
}

/** The components of a vector, `[dim]`. Throws where the bytes do not match the dimension. */
export function fromVector(vector: Vector): Float32Array {
  return floats(vector.values, vector.dim, 'vector');
}

/** The entries of a matrix, row-major, `[rows * columns]`. Throws where the bytes do not match the shape. */
export function fromMatrix(matrix: Matrix): Float32Array {
  return floats(matrix.values, matrix.rows * matrix.columns, 'matrix');
}

function floats(bytes: Uint8Array, count: number, what: string): Float32Array {
  if (bytes.byteLength !== 4 * count) {
    throw new RangeError(
      `${what} of ${count} components has ${bytes.byteLength} bytes instead of ${4 * count}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index, true));
}
