import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ProgramHost } from '@isthmus/proof';

/** Most threads that a training takes by itself: steps are too short for more. */
const usualMost = 8;

/**
 * The threads that a program gets here: as many as `ISTHMUS_KERNEL_THREADS` says, otherwise one for each processor, at most
 * eight. The trained bits do not depend on it. Throws an Error where the variable is no whole number from 1 to 16.
 */
export function kernelThreads(environment: NodeJS.ProcessEnv = process.env): ProgramHost {
  const text = environment.ISTHMUS_KERNEL_THREADS ?? '';
  const threads = text === '' ? Math.min(usualMost, availableParallelism()) : Number(text);
  if (!Number.isInteger(threads) || threads < 1 || threads > 16)
    throw new Error(`ISTHMUS_KERNEL_THREADS is '${text}'; give a whole number from 1 to 16`);
  return { threads, spawn };
}

function spawn(source: string, workerData: unknown): void {
  new Worker(source, { eval: true, workerData }).unref();
}
