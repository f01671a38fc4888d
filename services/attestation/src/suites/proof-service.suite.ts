import { randomBytes, randomUUID } from 'node:crypto';
import { ProofMode, RunState } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { describe, expect, it } from '@jest/globals';
import type { AttestationWorld } from '../testing/attestation-world.js';

/** What the prover meets: announcing, committing, ending, uploading. */
export function proofServiceSuite(world: () => AttestationWorld): void {
  describe('StartRun', () => {
    it('gives a repeated request the same nonce and refuses the id for anything else', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10 });
      const requestId = randomUUID();
      const first = await prover.start(manifest, requestId);
      const second = await prover.start(manifest, requestId);
      expect(second.run?.id).toBe(first.run?.id);
      expect(second.nonce.equals(first.nonce)).toBe(true);
      const other = world().prover();
      await expect(other.start(await other.manifest({ steps: 10 }), requestId)).rejects.toMatchObject({
        reason: 'REQUEST_ID_REUSED',
      });
      await expect(prover.start(manifest)).rejects.toMatchObject({ reason: 'MANIFEST_INVALID' });
    });

    it('draws one nonce for a request that arrives several times at once', async () => {
      const prover = world().prover();
      const request = prover.startRequest(await prover.manifest({ steps: 10 }));
      const answers = await Promise.all(Array.from({ length: 6 }, () => world().proof().startRun(request)));
      expect(new Set(answers.map(({ nonce }) => nonce.toString('hex'))).size).toBe(1);
      const listed = await world()
        .proof()
        .listRuns({
          pageSize: 10,
          pageToken: '',
          proverKeyId: answers[0]?.run?.proverKeyId ?? '',
        });
      expect(listed.runs).toHaveLength(1);
    });

    it.each([
      [
        'a program that is not on the list',
        'PROGRAM_NOT_ALLOWED',
        { program: { name: 'toy-line', version: '1.0.0', digest: 'c'.repeat(64) } },
      ],
      [
        'too many steps',
        'MANIFEST_INVALID',
        { plan: { maxSteps: 999_999_999, segmentSteps: 1_000_000, values: {} } },
      ],
      [
        'an input that is not in the store',
        'OBJECT_NOT_FOUND',
        {
          inputs: {
            records: { points: { size: 1, root: 'd'.repeat(64), description: {}, object: 'e'.repeat(64) } },
            artefacts: {},
          },
        },
      ],
    ])('refuses %s', async (_case, reason, change) => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10 }, (honest) => ({ ...honest, ...change }));
      await expect(prover.start(manifest)).rejects.toMatchObject({ reason });
    });

    it('refuses a data set whose manifest says something else of it', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10 }, (honest) => ({
        ...honest,
        inputs: {
          records: { points: { ...honest.inputs.records.points!, description: { kind: 'other' } } },
          artefacts: {},
        },
      }));
      await expect(prover.start(manifest)).rejects.toMatchObject({ reason: 'MANIFEST_INVALID' });
    });

    it('refuses the signature of another key, and bytes that are no manifest', async () => {
      const prover = world().prover();
      const request = prover.startRequest(await prover.manifest({ steps: 10 }));
      const other = world().prover();
      const foreign = other.startRequest(await other.manifest({ steps: 10 }));
      const { signature, publicKey } = foreign;
      await expect(
        world()
          .proof()
          .startRun({ ...request, signature }),
      ).rejects.toMatchObject({
        reason: 'SIGNATURE_INVALID',
      });
      await expect(
        world()
          .proof()
          .startRun({ ...request, signature, publicKey }),
      ).rejects.toMatchObject({
        reason: 'SIGNATURE_INVALID',
      });
      const manifest = Buffer.from('{"v":1}');
      await expect(
        world()
          .proof()
          .startRun({ ...request, manifest }),
      ).rejects.toMatchObject({
        reason: 'MANIFEST_INVALID',
      });
    });

    it('takes a seed in POSTHOC mode and in no other', async () => {
      const prover = world().prover();
      const request = prover.startRequest(await prover.manifest({ steps: 10 }));
      const seed = randomBytes(32);
      await expect(
        world()
          .proof()
          .startRun({ ...request, seed }),
      ).rejects.toMatchObject({
        reason: 'FIELD_INVALID',
      });
      const mode = ProofMode.PROOF_MODE_POSTHOC;
      await expect(
        world()
          .proof()
          .startRun({ ...request, mode }),
      ).rejects.toMatchObject({
        reason: 'FIELD_INVALID',
      });
      const started = await world()
        .proof()
        .startRun({ ...request, mode, seed });
      expect(started.seed.equals(seed)).toBe(true);
      expect(started.run?.mode).toBe(mode);
    });

    it('holds a prover to its quota of open runs and counts its attempts', async () => {
      const prover = world().prover();
      await prover.start(await prover.manifest({ steps: 10 }));
      const second = await prover.start(await prover.manifest({ steps: 10 }));
      expect(second.run?.priorAttempts).toBe(1n);
      await expect(prover.start(await prover.manifest({ steps: 10 }))).rejects.toMatchObject({
        reason: 'RUN_QUOTA_EXCEEDED',
      });
    });
  });

  describe('CommitSegments and FinishRun', () => {
    it('go on after a broken connection, and refuse where the chain breaks', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 40, segmentSteps: 10 });
      const started = await prover.start(manifest);
      const runId = started.run?.id ?? '';
      const trained = prover.train(manifest, new Uint8Array(started.seed));
      await prover.store(trained);
      const requests = await prover.commitRequests(runId, trained);
      expect(await prover.commit(requests.slice(0, 2))).toBe(2);
      await expect(prover.finish(runId, trained)).rejects.toMatchObject({ reason: 'CHAIN_BROKEN' });
      await expect(prover.commit(requests.slice(3))).rejects.toMatchObject({
        reason: 'CHAIN_BROKEN',
        metadata: { nextSegment: '2' },
      });
      const wrong = { ...requests[2]!, chain: Buffer.alloc(32) };
      await expect(prover.commit([wrong])).rejects.toMatchObject({ reason: 'CHAIN_BROKEN' });
      // The second segment again, as after a lost acknowledgement.
      expect(await prover.commit(requests.slice(1))).toBe(4);
      const [first, second] = [await prover.finish(runId, trained), await prover.finish(runId, trained)];
      expect(second?.id).toBe(first?.id);
      expect((await prover.decided(runId)).state).toBe(RunState.RUN_STATE_ATTESTED);
      await expect(prover.commit([wrong])).rejects.toMatchObject({ reason: 'CHAIN_BROKEN' });
      await expect(prover.commit([{ ...wrong, segment: 4n }])).rejects.toMatchObject({
        reason: 'RUN_STATE_CONFLICT',
      });
    });

    it('need states and files in the store, and the signature of the prover', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10, segmentSteps: 10 });
      const started = await prover.start(manifest);
      const runId = started.run?.id ?? '';
      const trained = prover.train(manifest, new Uint8Array(started.seed));
      const requests = await prover.commitRequests(runId, trained);
      await prover.commit(requests.map((request) => ({ ...request, stateObject: Buffer.alloc(32, 9) })));
      await expect(prover.finish(runId, trained)).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
      const { signature } = world().prover().finishRequest(runId, trained);
      await expect(
        world()
          .proof()
          .finishRun({ ...prover.finishRequest(runId, trained), signature }),
      ).rejects.toMatchObject({ reason: 'SIGNATURE_INVALID' });
      await expect(
        world()
          .proof()
          .finishRun({ ...prover.finishRequest(runId, trained), modelDigest: 'a'.repeat(64) }),
      ).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    });

    it('let no other prover take the id of a run as a request id before its prover does', async () => {
      const committed = async () => {
        const prover = world().prover();
        const manifest = await prover.manifest({ steps: 10, segmentSteps: 10 });
        const started = await prover.start(manifest);
        const runId = started.run?.id ?? '';
        const trained = prover.train(manifest, new Uint8Array(started.seed));
        await prover.store(trained);
        await prover.commit(await prover.commitRequests(runId, trained));
        return prover.finishRequest(runId, trained);
      };
      const [victim, hostile] = [await committed(), await committed()];
      const requestId = victim.runId;
      await world()
        .proof()
        .finishRun({ ...hostile, requestId });
      const finished = await world()
        .proof()
        .finishRun({ ...victim, requestId });
      expect(finished.run?.id).toBe(victim.runId);
    });

    it('refuse ids that are no text of a database', async () => {
      const runId = `${'ab'.repeat(15)}a\u0000`;
      await expect(world().proof().getRun({ runId })).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
      const key = { $case: 'runId', value: runId } as const;
      await expect(world().attestation().getAttestation({ key })).rejects.toMatchObject({
        reason: 'ATTESTATION_NOT_FOUND',
      });
      const prover = world().prover();
      await expect(prover.start(await prover.manifest({ steps: 10 }), 'id\u0000')).rejects.toMatchObject({
        reason: 'FIELD_INVALID',
      });
    });

    it('know of no run that was not started', async () => {
      const runId = 'ab'.repeat(16);
      await expect(world().proof().getRun({ runId })).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10 });
      const trained = prover.train(manifest, new Uint8Array(32));
      const requests = await prover.commitRequests(runId, trained);
      await expect(prover.commit(requests)).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
      await expect(prover.finish(runId, trained)).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
      await expect(prover.decided(runId)).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
    });
  });

  describe('UploadObject', () => {
    it('stores what has the announced digest and nothing else', async () => {
      const bytes = Buffer.from('an object that arrives in two pieces');
      await expect(
        world()
          .proof()
          .uploadObject([{ sha256: 'ab'.repeat(32), chunk: bytes }]),
      ).rejects.toMatchObject({ reason: 'OBJECT_DIGEST_MISMATCH' });
      const sha256 = await world().objects.put(new Uint8Array(bytes));
      await world().objects.delete(sha256);
      const stored = await world()
        .proof()
        .uploadObject([
          { sha256, chunk: bytes.subarray(0, 10) },
          { sha256, chunk: bytes.subarray(10) },
        ]);
      expect(stored.sizeBytes).toBe(BigInt(bytes.length));
      expect(Buffer.from(await world().objects.get(sha256)).equals(bytes)).toBe(true);
      await expect(
        world()
          .proof()
          .uploadObject([
            { sha256, chunk: bytes },
            { sha256: 'cd'.repeat(32), chunk: bytes },
          ]),
      ).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    });
  });
}
