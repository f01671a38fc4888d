import { createHash } from 'node:crypto';
import type { Manifest } from '@isthmus/proof';
import {
  ListRunsRequest,
  ProofServiceService as Proof,
  ProofMode,
  RunState,
  type StartRunRequest,
  type UploadObjectRequest,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { expect } from '@jest/globals';
import { runQuota } from './contract-world.js';
import { type BadCase, bad, badPages, invalid, type MethodCases, methodCases } from './method-cases.js';
import { long } from './shared-cases.js';

const nowhere = 'ab'.repeat(16);
const content = Buffer.from('an object of a prover who does not share the store');
const sha256 = createHash('sha256').update(content).digest('hex');

/** An announcement whose manifest was changed before it was signed. */
function manifested(
  what: string,
  change: (manifest: Manifest) => Manifest,
  code: string,
  reason: BadCase<StartRunRequest>['reason'],
): BadCase<StartRunRequest> {
  return bad(what, (_good, world) => world.prover().startRequest(change), code, reason);
}

function badRuns(): BadCase<{ runId: string }>[] {
  return [
    invalid('no id', () => ({ runId: '' })),
    invalid('an id of 65 characters', () => ({ runId: long(65) })),
    bad('an unknown run', () => ({ runId: nowhere }), 'NOT_FOUND', 'RUN_NOT_FOUND'),
  ];
}

/** Cases of `isthmus.attestation.v1.ProofService`. */
export const proofCases: readonly MethodCases[] = [
  methodCases(
    Proof.startRun,
    'attestation',
    (world) => world.prover().startRequest(),
    [
      invalid('a mode that is not stated', (good) => ({ ...good, mode: ProofMode.PROOF_MODE_UNSPECIFIED })),
      invalid('a mode that is none', (good) => ({ ...good, mode: 9 as ProofMode })),
      invalid('no request id', (good) => ({ ...good, requestId: '' })),
      invalid('a manifest of 64 KiB and a byte', (good) => ({ ...good, manifest: Buffer.alloc(65_537, 32) })),
      invalid('a seed of the prover in ONLINE mode', (good) => ({ ...good, seed: Buffer.alloc(32, 1) })),
      invalid('no seed in POSTHOC mode', (good) => ({ ...good, mode: ProofMode.PROOF_MODE_POSTHOC })),
      bad(
        'bytes that are no manifest',
        (good) => ({ ...good, manifest: Buffer.from('{"v":1}') }),
        'INVALID_ARGUMENT',
        'MANIFEST_INVALID',
      ),
      bad(
        'the signature of another prover',
        (good, world) => ({ ...good, signature: world.prover().startRequest().signature }),
        'INVALID_ARGUMENT',
        'SIGNATURE_INVALID',
      ),
      manifested(
        'more steps than the service takes',
        (m) => ({ ...m, plan: { ...m.plan, maxSteps: 20_000_000, segmentSteps: 20_000_000 } }),
        'INVALID_ARGUMENT',
        'MANIFEST_INVALID',
      ),
      manifested(
        'a program that is not on the list',
        (m) => ({ ...m, program: { ...m.program, digest: 'c'.repeat(64) } }),
        'PERMISSION_DENIED',
        'PROGRAM_NOT_ALLOWED',
      ),
      manifested(
        'an input that is not in the store',
        (m) => ({
          ...m,
          inputs: {
            ...m.inputs,
            artefacts: { representation: { digest: 'd'.repeat(64), attestationId: null } },
          },
        }),
        'FAILED_PRECONDITION',
        'OBJECT_NOT_FOUND',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await world.proof.startRun(good);
          return { ...world.prover().startRequest(), requestId: good.requestId };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
      bad(
        'a run beyond the quota of its prover',
        async (_good, world) => {
          const prover = world.prover();
          for (let run = 0; run < runQuota; run++) await world.proof.startRun(prover.startRequest());
          return prover.startRequest();
        },
        'RESOURCE_EXHAUSTED',
        'RUN_QUOTA_EXCEEDED',
      ),
    ],
    ([answer]) => {
      expect(answer?.run?.state).toBe(RunState.RUN_STATE_TRAINING);
      expect(answer?.nonce).toHaveLength(32);
    },
  ),
  methodCases(
    Proof.uploadObject,
    'attestation',
    () => ({ sha256, chunk: content }),
    [
      invalid<UploadObjectRequest>('nothing at all', () => []),
      invalid('a digest that is none', (good) => ({ ...good, sha256: 'abc' })),
      invalid('a chunk of a mebibyte and a byte', (good) => ({ ...good, chunk: Buffer.alloc(1_048_577) })),
      invalid('two objects in one upload', (good) => [good, { ...good, sha256: 'cd'.repeat(32) }]),
      bad(
        'bytes of another digest',
        (good) => ({ ...good, sha256: 'ab'.repeat(32) }),
        'INVALID_ARGUMENT',
        'OBJECT_DIGEST_MISMATCH',
      ),
    ],
    ([answer]) => {
      expect(answer).toEqual({ sha256, sizeBytes: BigInt(content.length) });
    },
  ),
  methodCases(
    Proof.commitSegments,
    'attestation',
    async (world) => (await world.startedRun()).first,
    [
      invalid('no run', (good) => ({ ...good, runId: '' })),
      invalid('a state hash of 31 bytes', (good) => ({ ...good, stateHash: Buffer.alloc(31) })),
      invalid('a chain value of 33 bytes', (good) => ({ ...good, chain: Buffer.alloc(33) })),
      invalid('no steps', (good) => ({ ...good, steps: 0n })),
      invalid('a segment beyond 2^53', (good) => ({ ...good, segment: 2n ** 60n })),
      bad('an unknown run', (good) => ({ ...good, runId: nowhere }), 'NOT_FOUND', 'RUN_NOT_FOUND'),
      bad('a segment out of order', (good) => ({ ...good, segment: 5n }), 'INVALID_ARGUMENT', 'CHAIN_BROKEN'),
      bad(
        'a chain that does not follow',
        (good) => ({ ...good, chain: Buffer.alloc(32, 7) }),
        'INVALID_ARGUMENT',
        'CHAIN_BROKEN',
      ),
      bad(
        'a run that has ended',
        (good, world) => ({ ...good, runId: world.attestedRunId, segment: 1_000n }),
        'FAILED_PRECONDITION',
        'RUN_STATE_CONFLICT',
      ),
    ],
    ([answer]) => {
      expect(answer?.nextSegment).toBe(1n);
    },
  ),
  methodCases(
    Proof.finishRun,
    'attestation',
    async (world) => {
      const { prover, first } = await world.committedRun();
      return prover.finishRequest(first, world.mesh.small.representation);
    },
    [
      invalid('no run', (good) => ({ ...good, runId: '' })),
      invalid('no segments', (good) => ({ ...good, segments: 0n })),
      invalid('no files', (good) => ({ ...good, files: [] })),
      invalid('a chain head of 31 bytes', (good) => ({ ...good, chainHead: Buffer.alloc(31) })),
      invalid('the digest of other files', (good) => ({ ...good, modelDigest: 'a'.repeat(64) })),
      bad('an unknown run', (good) => ({ ...good, runId: nowhere }), 'NOT_FOUND', 'RUN_NOT_FOUND'),
      bad(
        'segments that were not committed',
        (good) => ({ ...good, segments: 2n }),
        'INVALID_ARGUMENT',
        'CHAIN_BROKEN',
      ),
      bad(
        'another chain head',
        (good) => ({ ...good, chainHead: Buffer.alloc(32, 7) }),
        'INVALID_ARGUMENT',
        'CHAIN_BROKEN',
      ),
      bad(
        'a signature of nobody',
        (good) => ({ ...good, signature: Buffer.alloc(70, 1) }),
        'INVALID_ARGUMENT',
        'SIGNATURE_INVALID',
      ),
      bad(
        'a file that is not in the store',
        async (_good, world) => {
          const { prover, first } = await world.committedRun();
          return prover.finishRequest(first, world.absentModel);
        },
        'FAILED_PRECONDITION',
        'OBJECT_NOT_FOUND',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await world.proof.finishRun(good);
          const { prover, first } = await world.committedRun();
          const { requestId } = good;
          return { ...prover.finishRequest(first, world.mesh.small.representation), requestId };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    async ([answer], world) => {
      // The replay finds out that nothing was trained.
      let last = answer?.run;
      for await (const { run } of world.proof.watchRun({ runId: last?.id ?? '' })) last = run;
      expect(last?.state).toBe(RunState.RUN_STATE_REJECTED);
      expect(last?.verdict?.accepted).toBe(false);
      expect(last?.attestationId).toBe('');
    },
  ),
  methodCases(
    Proof.getRun,
    'attestation',
    (world) => ({ runId: world.attestedRunId }),
    badRuns(),
    ([answer]) => {
      expect(answer?.run?.state).toBe(RunState.RUN_STATE_ATTESTED);
    },
  ),
  methodCases(
    Proof.listRuns,
    'attestation',
    () => ListRunsRequest.fromPartial({ pageSize: 1 }),
    [
      ...badPages<ListRunsRequest>(),
      invalid('a prover that is none', (good) => ({ ...good, proverKeyId: 'abc' })),
    ],
    ([answer]) => {
      expect(answer?.runs).toHaveLength(1);
      expect(answer?.nextPageToken).not.toBe('');
    },
  ),
  methodCases(
    Proof.watchRun,
    'attestation',
    (world) => ({ runId: world.attestedRunId }),
    badRuns(),
    (answers) => {
      expect(answers.at(-1)?.run?.state).toBe(RunState.RUN_STATE_ATTESTED);
    },
  ),
];
