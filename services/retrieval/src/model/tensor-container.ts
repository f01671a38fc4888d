import type { StateTensor, TensorData } from '@isthmus/learning';

/** Tensors by name, as they stand in a file. */
export type NamedTensors = ReadonlyMap<string, StateTensor>;

interface Entry {
  readonly name: string;
  readonly type: StateTensor['type'];
  readonly shape: readonly number[];
  readonly offset: number;
}

const magic = 'ISTENS1\n';
const headerStart = 16;
const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
} as const;

/**
 * Tensors in one file: 8 bytes of magic, the size of the header as u64, a JSON list of name, type, shape and offset in
 * ascending order of the names, and from the next multiple of 8 on the data, little-endian, each at a multiple of 8.
 */
export function encodeTensors(tensors: NamedTensors): Uint8Array {
  const entries: Entry[] = [];
  let size = 0;
  for (const name of [...tensors.keys()].sort()) {
    const { type, shape, data } = tensors.get(name)!;
    entries.push({ name, type, shape, offset: size });
    size += aligned(data.byteLength);
  }
  const header = new TextEncoder().encode(JSON.stringify(entries));
  const start = aligned(headerStart + header.length);
  const bytes = new Uint8Array(start + size);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setBigUint64(8, BigInt(header.length), true);
  bytes.set(header, headerStart);
  for (const { name, offset } of entries) {
    const { data } = tensors.get(name)!;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + offset);
  }
  return bytes;
}

/** Reads what {@link encodeTensors} wrote. Throws an Error for anything else; the tensors are copies. */
export function decodeTensors(bytes: Uint8Array): Map<string, StateTensor> {
  const { entries, start } = readHeader(bytes);
  const tensors = new Map<string, StateTensor>();
  for (const { name, type, shape, offset } of entries) {
    const length = shape.reduce((size, extent) => size * extent, 1);
    const end = start + offset + length * constructors[type].BYTES_PER_ELEMENT;
    if (end > bytes.length) throw new Error(`the tensor '${name}' ends outside of its file`);
    const copy = bytes.slice(start + offset, end);
    const data = new constructors[type](copy.buffer, copy.byteOffset, length) as TensorData;
    if (type === 'float32' && !(data as Float32Array).every(Number.isFinite)) {
      throw new Error(`the tensor '${name}' holds a number that is not finite`);
    }
    tensors.set(name, { type, shape, data });
  }
  return tensors;
}

function readHeader(bytes: Uint8Array): { readonly entries: readonly Entry[]; readonly start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerStart || new TextDecoder().decode(bytes.subarray(0, 8)) !== magic) {
    throw new Error('this is no file of tensors');
  }
  const size = view.getBigUint64(8, true);
  if (size > BigInt(bytes.length - headerStart))
    throw new Error('the header of a file of tensors ends outside of it');
  const end = headerStart + Number(size);
  const entries: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(headerStart, end)));
  if (!Array.isArray(entries) || !entries.every(isEntry))
    throw new Error('a file of tensors has a malformed header');
  return { entries, start: aligned(end) };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { name, type, shape, offset } = value as Record<string, unknown>;
  const whole = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    typeof name === 'string' &&
    typeof type === 'string' &&
    Object.hasOwn(constructors, type) &&
    Array.isArray(shape) &&
    shape.every(whole) &&
    whole(offset) &&
    (offset as number) % 8 === 0
  );
}

function aligned(size: number): number {
  return Math.ceil(size / 8) * 8;
}
