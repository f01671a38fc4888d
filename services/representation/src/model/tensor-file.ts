import type { StateTensor, TensorData, TensorType } from '@isthmus/learning';

import type { TensorMap } from './tensor-map.js';

/** Where a tensor is in a tensor file. */
export interface TensorPlace {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** First byte. */
  readonly offset: number;
}

/** A tensor file and its directory, which is kept in the model's JSON. */
export interface TensorFile {
  readonly places: readonly TensorPlace[];
  readonly content: Uint8Array;
}

/** Writes tensors one after the other in ascending order of their names: little-endian, each begun at a multiple of 8. */
export function encodeTensors(tensors: TensorMap, names: readonly string[]): TensorFile {
  const places: TensorPlace[] = [];
  let sizeBytes = 0;
  for (const name of [...names].sort()) {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`there is no tensor '${name}'`);
    places.push({ name, type: tensor.type, shape: tensor.shape, offset: sizeBytes });
    sizeBytes += Math.ceil((tensor.data.length * elementBytes[tensor.type]) / 8) * 8;
  }
  const content = new Uint8Array(sizeBytes);
  const view = new DataView(content.buffer);
  for (const { name, type, offset } of places) {
    const { data } = tensors.get(name)!;
    const write = writers[type];
    for (let i = 0; i < data.length; i++) write(view, offset + i * elementBytes[type], data[i]!);
  }
  return { places, content };
}

/** Reads a tensor file; hostile input is refused here: a place outside of the file, an unknown type, a shape that is none. */
export function decodeTensors({ places, content }: TensorFile): TensorMap {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const tensors = new Map<string, StateTensor>();
  for (const { name, type, shape, offset } of places) {
    const length = lengthOf(shape);
    const bytes = elementBytes[type];
    if (typeof name !== 'string' || bytes === undefined || !Number.isSafeInteger(offset) || offset < 0) {
      throw new Error('the directory of the tensor file is malformed');
    }
    if (offset + length * bytes > content.length) throw new Error(`tensor '${name}' is cut off`);
    const data = allocate(type, length);
    const read = readers[type];
    for (let i = 0; i < length; i++) data[i] = read(view, offset + i * bytes);
    tensors.set(name, { type, shape, data });
  }
  return tensors;
}

const elementBytes: { readonly [T in TensorType]: number } = {
  float32: 4,
  float64: 8,
  int32: 4,
  uint32: 4,
  uint8: 1,
};

const writers: { readonly [T in TensorType]: (view: DataView, at: number, value: number) => void } = {
  float32: (view, at, value) => view.setFloat32(at, value, true),
  float64: (view, at, value) => view.setFloat64(at, value, true),
  int32: (view, at, value) => view.setInt32(at, value, true),
  uint32: (view, at, value) => view.setUint32(at, value, true),
  uint8: (view, at, value) => view.setUint8(at, value),
};

const readers: { readonly [T in TensorType]: (view: DataView, at: number) => number } = {
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  uint8: (view, at) => view.getUint8(at),
};

function allocate(type: TensorType, length: number): TensorData {
  if (type === 'float32') return new Float32Array(length);
  if (type === 'float64') return new Float64Array(length);
  if (type === 'int32') return new Int32Array(length);
  return type === 'uint32' ? new Uint32Array(length) : new Uint8Array(length);
}

function lengthOf(shape: readonly number[]): number {
  if (!Array.isArray(shape) || !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw new Error('a shape in the directory of the tensor file is malformed');
  }
  return shape.reduce((product, extent) => product * extent, 1);
}
