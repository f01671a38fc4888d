import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { z } from 'zod';
import { defineConfiguration } from '../configuration/define-configuration.js';
import { option } from '../configuration/option.js';
import { failure } from '../errors/isthmus-error.js';
import { bindService } from '../server/bind-service.js';
import { runProgram } from './run-program.js';

const configuration = defineConfiguration({
  log: {
    size: option(z.number().int().min(0).default(3), { description: 'Entries of the log.', unit: 'entries' }),
  },
});

await runProgram({
  name: 'sample',
  configuration,
  async start({ configuration, logger }) {
    return {
      services: [
        bindService(TransparencyLogServiceService, {
          getLogCheckpoint: async () => ({
            checkpoint: 'note',
            treeSize: BigInt(configuration.log.size),
            rootHash: Buffer.alloc(32),
            verifierKey: 'key',
          }),
          async getInclusionProof({ index, treeSize }) {
            if (index >= BigInt(configuration.log.size))
              throw failure('LOG_ENTRY_NOT_FOUND', `The log has no entry ${index}.`);
            return { index, treeSize, leafHash: Buffer.alloc(32), hashes: [], checkpoint: '' };
          },
          async getConsistencyProof() {
            throw new Error('a secret of the inside');
          },
          async listLogEntries(_request, call) {
            await new Promise((resolve) => setTimeout(resolve, Math.min(call.deadlineMs - 50, 1500)));
            return { entries: [], nextPageToken: '' };
          },
        }),
      ],
      stop: async () => logger.info('parts stopped'),
    };
  },
});
