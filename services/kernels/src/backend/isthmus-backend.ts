import {
  type BackendValues,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  type TensorInfo,
  util,
} from '../tensors.js';
import type { KernelArena, KernelMemory } from './kernel-memory.js';
import type { KernelRunner } from './kernel-runner.js';

/** By identity: what tfjs knows a tensor's data by. */
type DataId = object;

/** A tensor's data in the memory of the kernels: float32, int32, or bool as the int32 values 0 and 1. */
interface Block {
  readonly address: number;
  /** Whether the block is an array that others hold, too. */
  readonly isResident: boolean;
  readonly count: number;
  readonly dtype: DataType;
  references: number;
  isWritten: boolean;
}

/**
 * Backend of tfjs on our own kernels. Data stay in WebAssembly memory, four bytes an element, and are copied only on their
 * way in and out.
 */
export class IsthmusBackend extends KernelBackend {
  readonly runner: KernelRunner;
  readonly #memory: KernelMemory;
  readonly #blocks: DataStorage<Block>;
  readonly #residents = new WeakMap<object, number>();

  constructor(runner: KernelRunner) {
    super();
    this.runner = runner;
    this.#memory = runner.memory;
    this.#blocks = new DataStorage(this, engine());
  }

  /**
   * An array of zeros in the memory of the kernels. A tensor that is made of it is no copy of it: it sees what is written
   * to the array. Throws KernelMemoryError past the limit.
   */
  residentFloats(count: number): Float32Array {
    const address = this.#memory.allocate(count * 4, `a resident array of ${count} numbers`);
    const array = this.#memory.floats.subarray(address / 4, address / 4 + count).fill(0);
    this.#residents.set(array, address);
    return array;
  }

  /** Gives the memory of a resident array back, of which no tensor may be left. */
  releaseResident(array: Float32Array): void {
    const address = this.#residents.get(array);
    if (address === undefined) return;
    this.#residents.delete(array);
    this.#memory.release(address, array.length * 4);
  }

  /** Whether the array lies in the memory of the kernels. */
  isResident(array: Float32Array): boolean {
    return this.#residents.has(array);
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    const address = this.#residents.get(values);
    if (address !== undefined) {
      const block = {
        address,
        count: values.length,
        dtype,
        references: 1,
        isWritten: true,
        isResident: true,
      };
      this.#blocks.set(dataId, block);
      return dataId;
    }
    this.#store(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: BackendValues,
    shape: number[],
    dtype: DataType,
    refCount: number,
  ): void {
    this.#store(dataId, values, shape, dtype, refCount);
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  override readSync(dataId: DataId): BackendValues {
    if (this.runner.isRecording) {
      throw new Error(
        'Values are read while a plan is captured; what follows from them could not be repeated',
      );
    }
    const block = this.#blocks.get(dataId);
    if (block.dtype === 'float32') return this.floatsOf(block.address, block.count).slice();
    const integers = this.integersOf(block.address, block.count);
    return block.dtype === 'bool' ? Uint8Array.from(integers) : integers.slice();
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.#blocks.has(dataId)) return true;
    const block = this.#blocks.get(dataId);
    block.references -= 1;
    if (!force && block.references > 0) return false;
    // What was written from outside while a plan was captured is a constant of the plan: nothing may take its place.
    const isConstant = this.runner.isRecording && block.isWritten;
    if (!(isConstant || block.isResident)) this.#memory.release(block.address, block.count * 4);
    this.#blocks.delete(dataId);
    return true;
  }

  override refCount(dataId: DataId): number {
    return this.#blocks.has(dataId) ? this.#blocks.get(dataId).references : 0;
  }

  override incRef(dataId: DataId): void {
    this.#blocks.get(dataId).references += 1;
  }

  override numDataIds(): number {
    return this.#blocks.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  /** Bytes of the blocks that tensors and threads hold. */
  get usedBytes(): number {
    return this.#memory.usedBytes;
  }

  /** A tensor of arbitrary content. Throws KernelMemoryError past the limit. */
  output(shape: readonly number[], dtype: DataType): TensorInfo {
    const dataId = {};
    this.#allocate(dataId, shape as number[], dtype, 1);
    return { dataId, shape: shape as number[], dtype };
  }

  /** The same data under another shape. */
  alias({ dataId }: TensorInfo, shape: readonly number[], dtype: DataType): TensorInfo {
    this.incRef(dataId);
    return { dataId, shape: shape as number[], dtype };
  }

  /** Where a tensor's data begin. */
  address({ dataId }: TensorInfo): number {
    return this.#blocks.get(dataId).address;
  }

  /** Lays the memory of `work` out in an arena. */
  inArena<T>(arena: KernelArena, work: () => T): T {
    this.#memory.enterArena(arena);
    try {
      return work();
    } finally {
      this.#memory.leaveArena();
    }
  }

  /** Gives the memory of an arena back. */
  releaseArena(arena: KernelArena): void {
    this.#memory.releaseArena(arena);
  }

  private floatsOf(address: number, count: number): Float32Array {
    return this.#memory.floats.subarray(address / 4, address / 4 + count);
  }

  private integersOf(address: number, count: number): Int32Array {
    return this.#memory.integers.subarray(address / 4, address / 4 + count);
  }

  #store(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, references: number): void {
    const block = this.#allocate(dataId, shape, dtype, references);
    const { address, count } = block;
    block.isWritten = true;
    const target = dtype === 'float32' ? this.floatsOf(address, count) : this.integersOf(address, count);
    target.set(values as Float32Array);
  }

  #allocate(dataId: DataId, shape: number[], dtype: DataType, references: number): Block {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new Error(`The kernels hold float32, int32 and bool; ${dtype} is none of them`);
    }
    const count = util.sizeFromShape(shape);
    const address = this.#memory.allocate(count * 4, `a ${dtype} tensor of shape [${shape}]`);
    const block = { address, count, dtype, references, isWritten: false, isResident: false };
    this.#blocks.set(dataId, block);
    return block;
  }
}
