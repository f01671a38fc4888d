import { FreeBlocks } from './free-blocks.js';

/** Where the first page ends: parameters of kernels and the signals of threads lie below. */
const reservedBytes = 65_536;
const pageBytes = 65_536;
/** Grown by at least so much at once. */
const growthBytes = 16 * 1024 * 1024;
/** Blocks from this size on are cut to measure; smaller ones come in classes. */
const largeBytes = 65_536;
/** Large blocks have multiples of this size. */
const largeStepBytes = 4096;

/** Thrown where the memory of tensors would grow past its limit. */
export class KernelMemoryError extends Error {
  override readonly name = 'KernelMemoryError';
  /** Bytes that were asked for. */
  readonly sizeBytes: number;

  constructor(what: string, sizeBytes: number, usedBytes: number, limitBytes: number) {
    super(
      `There is no room for ${what} (${sizeBytes} bytes): ${usedBytes} of ${limitBytes} bytes are in use; ` +
        'take a smaller batch, dispose of tensors, or raise the limit',
    );
    this.sizeBytes = sizeBytes;
  }
}

/** Blocks that belong to one plan, whoever uses them at the moment. */
export class KernelArena {
  /** Size of each block by its address. */
  readonly sizes = new Map<number, number>();
  /** Blocks that nothing uses at the moment, by size. */
  readonly free = new Map<number, number[]>();
}

/**
 * The linear memory of the kernels and who owns which part of it. Small blocks have sizes of fixed classes, eight to a doubling,
 * and are reused by class; large ones are cut from {@link FreeBlocks}. So a program does not grow whose steps repeat, be it with
 * tensors of the same sizes or of others.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly #limitBytes: number;
  readonly #free = new Map<number, number[]>();
  readonly #freeLarge = new FreeBlocks();
  #arena: KernelArena | undefined;
  #top = reservedBytes;
  #usedBytes = 0;
  #floats: Float32Array;
  #integers: Int32Array;

  /** @param limitBytes most bytes of the whole memory, at most 4 GiB less a page */
  constructor(limitBytes: number) {
    this.#limitBytes = Math.min(limitBytes, 65_535 * pageBytes);
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    this.#floats = new Float32Array(this.memory.buffer);
    this.#integers = new Int32Array(this.memory.buffer);
  }

  /** Bytes in blocks that are in use. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Bytes of the whole memory. */
  get totalBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** All of the memory as float32. Taken anew after every allocation: memory grows. */
  get floats(): Float32Array {
    return this.#floats;
  }

  /** All of the memory as int32. */
  get integers(): Int32Array {
    return this.#integers;
  }

  /**
   * Lets blocks come from an arena from now on, until {@link leaveArena}: what is released there is reused there, and by
   * nobody else before the arena is released. Throws where an arena is entered already.
   */
  enterArena(arena: KernelArena): void {
    if (this.#arena !== undefined) throw new Error('The memory of one plan is laid out already');
    this.#arena = arena;
  }

  /** Lets blocks come from the common memory again. */
  leaveArena(): void {
    this.#arena = undefined;
  }

  /** Gives all blocks of an arena back to the common memory. */
  releaseArena(arena: KernelArena): void {
    for (const [address, size] of arena.sizes) {
      this.#giveBack(address, size);
    }
    arena.sizes.clear();
    arena.free.clear();
  }

  /**
   * A block of at least `bytes`, its address a multiple of 64; its content is arbitrary.
   * Throws KernelMemoryError past the limit, naming `what` the block is for.
   */
  allocate(bytes: number, what: string): number {
    const size = blockSize(bytes);
    const ofArena = this.#arena?.free.get(size)?.pop();
    if (ofArena !== undefined) return ofArena;
    const known = size < largeBytes ? this.#free.get(size)?.pop() : this.#freeLarge.take(size);
    const address = known ?? this.#takeNew(size, bytes, what);
    this.#usedBytes += size;
    this.#arena?.sizes.set(address, size);
    return address;
  }

  #takeNew(size: number, bytes: number, what: string): number {
    // What is free at the end becomes the beginning of the new block, so that only the difference is added.
    const address = (size < largeBytes ? undefined : this.#freeLarge.takeBefore(this.#top)) ?? this.#top;
    const end = address + size;
    if (end > this.#limitBytes) {
      if (address < this.#top) this.#freeLarge.give(address, this.#top - address);
      throw new KernelMemoryError(what, bytes, this.#usedBytes, this.#limitBytes);
    }
    if (end > this.totalBytes) this.#grow(end);
    this.#top = end;
    return address;
  }

  /** Gives a block back that was allocated with the same number of bytes. */
  release(address: number, bytes: number): void {
    const size = blockSize(bytes);
    if (this.#arena?.sizes.has(address)) {
      push(this.#arena.free, size, address);
      return;
    }
    this.#giveBack(address, size);
  }

  #giveBack(address: number, size: number): void {
    this.#usedBytes -= size;
    if (size < largeBytes) push(this.#free, size, address);
    else this.#freeLarge.give(address, size);
  }

  #grow(end: number): void {
    const wanted = Math.min(Math.max(end, this.totalBytes + growthBytes), this.#limitBytes);
    this.memory.grow(Math.ceil((wanted - this.totalBytes) / pageBytes));
    this.#floats = new Float32Array(this.memory.buffer);
    this.#integers = new Int32Array(this.memory.buffer);
  }
}

function push(free: Map<number, number[]>, size: number, address: number): void {
  const known = free.get(size);
  if (known) known.push(address);
  else free.set(size, [address]);
}

/** Size of the block for `bytes`: a multiple of 64, at most an eighth larger above 512. */
function blockSize(bytes: number): number {
  if (bytes <= 512) return Math.max(64, Math.ceil(bytes / 64) * 64);
  if (bytes > largeBytes - largeStepBytes) return Math.ceil(bytes / largeStepBytes) * largeStepBytes;
  const step = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / step) * step;
}
