import type { ProgramContext } from '@isthmus/chassis';
import type { WorkerConfiguration } from '../configuration.js';
import type { ReplayQueue } from './replay-queue.js';
import { ReplayWorker } from './replay-worker.js';

/** Workers that were started. */
export interface StartedWorkers {
  readonly count: number;
  /** Gives back what is in hand and ends the replayers. */
  stop(): Promise<void>;
}

/** Starts as many workers as `replay.workers` says, each with a replayer process of its own. */
export async function startWorkers(
  program: ProgramContext<WorkerConfiguration>,
  queue: ReplayQueue,
): Promise<StartedWorkers> {
  const { configuration, clock, logger, telemetry } = program;
  const { workers: count, deadlineMs, attempts, heartbeatMs } = configuration.replay;
  const parts = {
    database: await program.database(),
    objects: program.objects(),
    queue,
    clock,
    logger,
    telemetry,
  };
  const options = { deadlineMs, attempts, heartbeatMs, maxStateBytes: configuration.limits.maxStateBytes };
  const workers = Array.from({ length: count }, () => new ReplayWorker(parts, options));
  for (const worker of workers) await worker.start();
  return {
    count,
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
