#!/usr/bin/env node
import { runProgram } from '@isthmus/chassis';
import { workerConfiguration } from './configuration.js';
import { ReplayQueue } from './replay/replay-queue.js';
import { startWorkers } from './replay/start-workers.js';

/** Replay workers without services, for machines beside the one of the attestation program. */
await runProgram({
  name: 'attestation-worker',
  configuration: workerConfiguration,
  async start(program) {
    const { configuration, logger } = program;
    const queue = await ReplayQueue.open(await program.database(), configuration.replay.deadlineMs, (error) =>
      logger.warn({ err: error }, 'the queue of replays reports an error'),
    );
    const workers = await startWorkers(program, queue);
    return {
      services: [],
      stop: async () => {
        await workers.stop();
        await queue.close();
      },
    };
  },
});
