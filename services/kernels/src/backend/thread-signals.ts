/** Words by which the threads of a pool agree. */
export const signalWords = 128;

/** Places of the words, in 32 bits. Those that several threads write lie a cache line apart. */
export const signal = {
  /** Raised with every kernel; threads sleep on it. */
  generation: 0,
  /** Whether the kernel still has units to give away. */
  open: 16,
  /** Threads that look at the kernel's units. */
  active: 32,
  /** Next unit to give away. */
  next: 48,
  /** Units of the kernel. */
  units: 64,
  /** Units given away at once. */
  chunk: 65,
  /** Number of the kernel among the names. */
  kernel: 66,
  /** Whether threads shall end. */
  quit: 67,
  /** Whether a thread could not compute its units. */
  failed: 68,
} as const;
