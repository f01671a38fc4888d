import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { fromUtf8, toUtf8 } from './bytes.js';
import type { StateTensor, TrainingState } from './program.js';
import { ProofError } from './proof-error.js';
import {
  elementBytes,
  elementCount,
  requireFinite,
  tensorBytes,
  tensorDataFrom,
  tensorTypeCodes,
  tensorTypeOf,
} from './state-tensor.js';

/** Version of the state encoding, its first byte. */
export const stateVersion = 1;

/** Bounds on an encoded state that was received. */
export interface StateLimits {
  /** Most bytes; {@link defaultMaxStateBytes} where absent. */
  readonly maxBytes?: number;
}

/** 1 GiB: more than any state of ours, less than what would exhaust a worker. */
export const defaultMaxStateBytes = 2 ** 30;

const maxNameBytes = 512;
const maxRank = 8;
const maxEntries = 65_536;

/**
 * The bytes of a state, equal for equal states whatever the order of insertion; little-endian:
 *
 * ```
 * u8 version | text phase | u64 step
 * u32 counters | counters × (text name | f64 value)
 * u32 tensors  | tensors × (text name | u8 type | u8 rank | rank × u32 dim | elements, row-major)
 * text = u16 size | UTF-8
 * ```
 *
 * Names ascend by UTF-16 code units. -0 keeps its sign. Throws `STATE_NON_FINITE`, naming the tensor or counter, on NaN
 * and infinities, and `STATE_INVALID` on a shape that does not match its data or a number out of range.
 */
export function encodeState(state: TrainingState): Uint8Array {
  if (!Number.isSafeInteger(state.step) || state.step < 0)
    invalid(`the step ${state.step} is no whole number`);
  const names = sortedNames(state.tensors);
  const writer = new ByteWriter(encodedCapacity(state));
  writer.u8(stateVersion);
  writeText(writer, state.phase);
  writer.u64(BigInt(state.step));
  const counters = sortedNames(state.counters);
  writer.u32(counters.length);
  for (const name of counters) {
    const value = state.counters.get(name) as number;
    requireFiniteCounter(name, value);
    writeText(writer, name);
    writer.f64(value);
  }
  writer.u32(names.length);
  for (const name of names) {
    const tensor = state.tensors.get(name) as StateTensor;
    requireConsistent(name, tensor);
    requireFinite(name, tensor);
    writeText(writer, name);
    writer.u8(tensorTypeCodes[tensor.type]).u8(tensor.shape.length);
    for (const dim of tensor.shape) writer.u32(dim);
    writer.raw(tensorBytes(tensor));
  }
  return writer.finish();
}

/**
 * Reads the bytes of {@link encodeState} and nothing else: every state has one encoding. Tensors are copied into
 * arrays of their own. Throws `STATE_INVALID` or `STATE_NON_FINITE`.
 */
export function decodeState(bytes: Uint8Array, limits: StateLimits = {}): TrainingState {
  const maxBytes = limits.maxBytes ?? defaultMaxStateBytes;
  if (bytes.length > maxBytes) invalid(`${bytes.length} bytes, more than ${maxBytes}`);
  const reader = new ByteReader(bytes, 'STATE_INVALID', 'state');
  const version = reader.u8();
  if (version !== stateVersion) reader.fail(`version ${version}, this code reads ${stateVersion}`);
  const phase = readText(reader);
  const step = Number(reader.u64());
  if (!Number.isSafeInteger(step)) reader.fail('the step exceeds 2^53 - 1');
  const counters = readEntries(reader, (name) => {
    const value = reader.f64();
    requireFiniteCounter(name, value);
    return value;
  });
  const tensors = readEntries(reader, (name) => {
    const tensor = readTensor(reader, name);
    requireFinite(name, tensor);
    return tensor;
  });
  reader.end();
  return { phase, step, counters, tensors };
}

function readTensor(reader: ByteReader, name: string): StateTensor {
  const type = tensorTypeOf(reader.u8());
  if (type === undefined) reader.fail(`tensor "${name}" has an unknown type`);
  const rank = reader.u8();
  if (rank > maxRank) reader.fail(`tensor "${name}" has rank ${rank}, more than ${maxRank}`);
  const shape = Array.from({ length: rank }, () => reader.u32());
  const sizeBytes = elementCount(shape) * elementBytes(type);
  // Compared before anything is allocated: the shape is the sender's word.
  if (sizeBytes > reader.remaining) reader.fail(`tensor "${name}" is larger than the state`);
  return { type, shape, data: tensorDataFrom(type, reader.raw(sizeBytes)) };
}

function readEntries<T>(reader: ByteReader, readValue: (name: string) => T): Map<string, T> {
  const count = reader.u32();
  if (count > maxEntries) reader.fail(`${count} entries, more than ${maxEntries}`);
  const entries = new Map<string, T>();
  let before: string | undefined;
  for (let i = 0; i < count; i++) {
    const name = readText(reader);
    if (before !== undefined && !(before < name)) reader.fail(`the name "${name}" is out of order`);
    entries.set(name, readValue(name));
    before = name;
  }
  return entries;
}

function requireConsistent(name: string, { type, shape, data }: StateTensor): void {
  if (!(type in tensorTypeCodes)) invalid(`tensor "${name}" has the unknown type "${type}"`);
  if (shape.length > maxRank) invalid(`tensor "${name}" has rank ${shape.length}, more than ${maxRank}`);
  if (shape.some((dim) => !Number.isInteger(dim) || dim < 0 || dim > 0xffff_ffff)) {
    invalid(`tensor "${name}" has a dimension that is no u32`);
  }
  // The tag, and not the constructor, which differs between realms.
  if (data[Symbol.toStringTag].toLowerCase() !== `${type}array`) {
    invalid(`tensor "${name}" is declared ${type} and holds a ${data[Symbol.toStringTag]}`);
  }
  if (data.length !== elementCount(shape)) {
    invalid(`tensor "${name}" has ${data.length} elements and the shape [${shape.join(', ')}]`);
  }
}

function requireFiniteCounter(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new ProofError('STATE_NON_FINITE', `counter "${name}" is ${value}`);
}

function sortedNames(entries: ReadonlyMap<string, unknown>): string[] {
  if (entries.size > maxEntries) invalid(`${entries.size} entries, more than ${maxEntries}`);
  return [...entries.keys()].sort();
}

function encodedCapacity(state: TrainingState): number {
  let capacity = 1024 + state.phase.length * 3;
  for (const name of state.counters.keys()) capacity += 10 + name.length * 3;
  for (const [name, tensor] of state.tensors) capacity += 36 + name.length * 3 + tensor.data.byteLength;
  return capacity;
}

function writeText(writer: ByteWriter, text: string): void {
  const bytes = toUtf8(text, 'STATE_INVALID');
  if (bytes.length === 0 || bytes.length > maxNameBytes)
    invalid(`the name "${text}" has ${bytes.length} bytes`);
  writer.u16(bytes.length).raw(bytes);
}

function readText(reader: ByteReader): string {
  const size = reader.u16();
  if (size === 0 || size > maxNameBytes) reader.fail(`a name has ${size} bytes`);
  return fromUtf8(reader.raw(size), 'STATE_INVALID');
}

function invalid(problem: string): never {
  throw new ProofError('STATE_INVALID', `state: ${problem}`);
}
