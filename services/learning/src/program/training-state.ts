import type { StateTensor, TensorData, TensorType, TrainingState } from '@isthmus/proof';

/** A state before the first step, without tensors and counters. */
export function createState(phase: string): TrainingState {
  return { phase, step: 0, counters: new Map(), tensors: new Map() };
}

/** A counter by name. Throws an Error where there is none. */
export function counter(state: TrainingState, name: string): number {
  const value = state.counters.get(name);
  if (value === undefined) throw new Error(`the state has no counter '${name}'`);
  return value;
}

/** Adds to a counter, which starts at 0, and returns its new value. */
export function addToCounter(state: TrainingState, name: string, amount = 1): number {
  const value = (state.counters.get(name) ?? 0) + amount;
  state.counters.set(name, value);
  return value;
}

interface ArrayOfType {
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  uint32: Uint32Array;
  uint8: Uint8Array;
}

/** Adds a tensor of zeros and returns its data to be filled. Throws an Error where the name is taken. */
export function addTensor<T extends TensorType>(
  state: TrainingState,
  name: string,
  type: T,
  shape: readonly number[],
): ArrayOfType[T] {
  if (state.tensors.has(name)) throw new Error(`the state already has a tensor '${name}'`);
  const data = zeros(type, sizeOfShape(shape));
  state.tensors.set(name, { type, shape, data });
  return data as ArrayOfType[T];
}

/** Replaces or adds a tensor, keeping the given array as its data. */
export function setTensor(
  state: TrainingState,
  name: string,
  shape: readonly number[],
  data: TensorData,
): void {
  if (sizeOfShape(shape) !== data.length) {
    throw new Error(
      `tensor '${name}' has ${data.length} values, its shape [${shape}] asks for another number`,
    );
  }
  state.tensors.set(name, { type: typeOf(data), shape, data });
}

/**
 * Data of a float32 tensor.
 * @param shape where given, the shape that the tensor has to have; -1 stands for any extent
 */
export function float32Tensor(state: TrainingState, name: string, shape?: readonly number[]): Float32Array {
  return tensorOfType(state, name, 'float32', shape).data as Float32Array;
}

/** Data of a uint32 tensor; see {@link float32Tensor}. */
export function uint32Tensor(state: TrainingState, name: string, shape?: readonly number[]): Uint32Array {
  return tensorOfType(state, name, 'uint32', shape).data as Uint32Array;
}

/** Data of an int32 tensor; see {@link float32Tensor}. */
export function int32Tensor(state: TrainingState, name: string, shape?: readonly number[]): Int32Array {
  return tensorOfType(state, name, 'int32', shape).data as Int32Array;
}

/** A tensor by name and type with its shape checked. Throws an Error that says what the state has instead. */
export function tensorOfType(
  state: TrainingState,
  name: string,
  type: TensorType,
  shape?: readonly number[],
): StateTensor {
  const tensor = state.tensors.get(name);
  if (tensor === undefined) throw new Error(`the state has no tensor '${name}'`);
  const fits =
    shape === undefined ||
    (shape.length === tensor.shape.length &&
      shape.every((extent, axis) => extent === -1 || extent === tensor.shape[axis]));
  if (tensor.type !== type || !fits) {
    throw new Error(
      `tensor '${name}' is ${tensor.type} [${tensor.shape}], not ${type} [${shape ?? 'of any shape'}]`,
    );
  }
  return tensor;
}

/** Names of the tensors with a prefix, in ascending order. */
export function tensorNames(state: TrainingState, prefix = ''): readonly string[] {
  return [...state.tensors.keys()].filter((name) => name.startsWith(prefix)).sort();
}

function zeros(type: TensorType, size: number): TensorData {
  switch (type) {
    case 'float32':
      return new Float32Array(size);
    case 'float64':
      return new Float64Array(size);
    case 'int32':
      return new Int32Array(size);
    case 'uint32':
      return new Uint32Array(size);
    case 'uint8':
      return new Uint8Array(size);
  }
}

function typeOf(data: TensorData): TensorType {
  // The tag names the type even where the array comes from another realm.
  switch (data[Symbol.toStringTag]) {
    case 'Float32Array':
      return 'float32';
    case 'Float64Array':
      return 'float64';
    case 'Int32Array':
      return 'int32';
    case 'Uint32Array':
      return 'uint32';
    case 'Uint8Array':
      return 'uint8';
  }
}

function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}
