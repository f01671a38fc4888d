import { setTimeout as sleep } from 'node:timers/promises';
import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { z } from 'zod';
import { defineConfiguration } from '../configuration/define-configuration.js';
import { option } from '../configuration/option.js';
import { failure } from '../errors/isthmus-error.js';
import { bindService } from '../server/bind-service.js';
import { runProgram } from './run-program.js';

/** A small program, run by the tests as a process of its own. */
const configuration = defineConfiguration({
  sample: {
    startMs: option(z.number().int().min(0).default(0), {
      description: 'How long the start takes.',
      unit: 'ms',
    }),
    callMs: option(z.number().int().min(0).default(0), {
      description: 'How long ListLogEntries takes.',
      unit: 'ms',
    }),
    apiKey: option(z.string().default(''), { description: 'A secret.', secret: true }),
  },
});

await runProgram({
  name: 'sample',
  configuration,
  async start({ configuration, lifecycle, logger }) {
    lifecycle.onStop('store', () => logger.info('store closed'));
    await sleep(configuration.sample.startMs);
    return {
      services: [
        bindService(TransparencyLogServiceService, {
          getLogCheckpoint: async () => ({
            checkpoint: 'c',
            treeSize: 1n,
            rootHash: Buffer.alloc(32),
            verifierKey: 'k',
          }),
          async getInclusionProof() {
            setImmediate(() => {
              throw new Error('nobody catches this');
            });
            await sleep(60_000);
            throw failure('INTERNAL', 'not reached');
          },
          async getConsistencyProof() {
            throw failure('LOG_SIZE_OUT_OF_RANGE', 'There is no such size.');
          },
          async listLogEntries() {
            await sleep(configuration.sample.callMs);
            return { entries: [], nextPageToken: 'done' };
          },
        }),
      ],
      ready: sleep(50),
      stop: async () => logger.info('parts stopped'),
    };
  },
});
