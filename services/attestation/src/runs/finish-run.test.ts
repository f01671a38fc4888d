import { failure } from '@isthmus/chassis';
import {
  chainNext,
  encodeFileList,
  finishSigningBytes,
  generateSigningKey,
  modelDigest,
  signMessage,
} from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import type { AttestationContext } from '../attestation-context.js';
import type { Queryable } from '../store/queryable.js';
import { finishRun } from './finish-run.js';

describe('the end of a run', () => {
  it('is refused where a segment was committed after the end was looked at', async () => {
    const key = generateSigningKey();
    const runId = 'ab'.repeat(16);
    const digest = 'cd'.repeat(32);
    const [before, after] = [
      new Uint8Array(32).fill(1),
      chainNext(new Uint8Array(32), new Uint8Array(32), new Uint8Array(32)),
    ];
    const rowOf = (segments: number, chain: Uint8Array) => ({
      id: runId,
      state: 'TRAINING',
      mode: 'ONLINE',
      prover_public_key: key.publicKeySpki,
      committed_segments: segments,
      chain_head: chain,
      start_log_index: 0,
      prior_attempts: 0,
      manifest: [],
      nonce: [],
      seed: [],
    });
    const written: string[] = [];
    const answering = (row: Record<string, unknown>): Queryable => ({
      query: async (text) => {
        if (/^\s*(INSERT|UPDATE)/.test(text)) written.push(text);
        return { rows: text.includes('FROM attestation.runs') ? [row] : [], rowCount: 1 };
      },
    });
    const context = {
      database: {
        pool: answering(rowOf(1, before)),
        transaction: (work: (on: Queryable) => unknown) => work(answering(rowOf(2, after))),
      },
      objects: { has: async () => true, size: async () => 1, put: async () => digest },
      clock: { now: () => 0 },
      telemetry: {
        span: () => {
          throw failure('INTERNAL', 'The log was reached');
        },
      },
    } as unknown as AttestationContext;
    const files = [{ name: 'model.json', sha256: digest, sizeBytes: 1 }];
    const end = { segments: 1, chainHead: before, files, modelDigest: modelDigest(encodeFileList(files)) };
    const signature = signMessage(key, finishSigningBytes({ runId, ...end }));
    await expect(finishRun(context, runId, { ...end, signature }, '')).rejects.toMatchObject({
      reason: 'CHAIN_BROKEN',
      metadata: { nextSegment: '2' },
    });
    expect(written).toEqual([]);
  });
});
