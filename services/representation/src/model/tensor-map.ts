import type { StateTensor } from '@isthmus/learning';

/** Tensors by name: of a training state, or of a model that was opened. Never written to through this type. */
export type TensorMap = ReadonlyMap<string, StateTensor>;

/** Data of a float32 tensor. Throws an Error where there is none. */
export function floats(tensors: TensorMap, name: string): Float32Array {
  return dataOf(tensors, name, 'float32') as Float32Array;
}

/** Data of a float64 tensor. */
export function doubles(tensors: TensorMap, name: string): Float64Array {
  return dataOf(tensors, name, 'float64') as Float64Array;
}

/** Data of a uint32 tensor. */
export function integers(tensors: TensorMap, name: string): Uint32Array {
  return dataOf(tensors, name, 'uint32') as Uint32Array;
}

/** Data of a uint8 tensor. */
export function bytes(tensors: TensorMap, name: string): Uint8Array {
  return dataOf(tensors, name, 'uint8') as Uint8Array;
}

function dataOf(tensors: TensorMap, name: string, type: StateTensor['type']): StateTensor['data'] {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`there is no tensor '${name}'`);
  if (tensor.type !== type) throw new Error(`tensor '${name}' is ${tensor.type}, not ${type}`);
  return tensor.data;
}
