import type { StateTensor, TensorData, TensorType } from './program.js';
import { ProofError } from './proof-error.js';

/** Codes of the element types in an encoded state. Never reused, never renumbered. */
export const tensorTypeCodes: { readonly [type in TensorType]: number } = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint32: 4,
  uint8: 5,
};

/** Type of a code, or undefined. */
export function tensorTypeOf(code: number): TensorType | undefined {
  return (Object.keys(tensorTypeCodes) as TensorType[]).find((type) => tensorTypeCodes[type] === code);
}

/** Bytes of an element. */
export function elementBytes(type: TensorType): number {
  return type === 'float64' ? 8 : type === 'uint8' ? 1 : 4;
}

/** Elements of a shape; 1 for the empty shape of a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, dim) => count * dim, 1);
}

/** An array of its own, aligned, holding the elements that `bytes` are. */
export function tensorDataFrom(type: TensorType, bytes: Uint8Array): TensorData {
  requireLittleEndian();
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  switch (type) {
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'uint8':
      return new Uint8Array(buffer);
  }
}

/** The elements as the bytes that the state holds. A view. */
export function tensorBytes(tensor: StateTensor): Uint8Array {
  requireLittleEndian();
  const { buffer, byteOffset, byteLength } = tensor.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Throws `STATE_NON_FINITE`, naming the tensor, where it holds NaN or an infinity. */
export function requireFinite(name: string, { type, data }: StateTensor): void {
  if (type !== 'float32' && type !== 'float64') return;
  // 0 times a finite number is a zero, times anything else NaN: one multiply-add an element and one look at the end.
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] as number) * 0;
  if (sum === 0) return;
  const index = (data as Float32Array).findIndex((value) => !Number.isFinite(value));
  throw new ProofError('STATE_NON_FINITE', `tensor "${name}" holds ${data[index]} at element ${index}`);
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The encoding is little-endian and elements are copied as they lie in memory. */
function requireLittleEndian(): void {
  if (!littleEndian)
    throw new ProofError('STATE_INVALID', 'states are encoded on little-endian machines only');
}
