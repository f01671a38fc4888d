import {
  decodeState,
  encodeFileList,
  encodeState,
  fileEntries,
  type Json,
  modelDigest,
  stateHash,
  verifyAttestation,
} from '@isthmus/proof';
import { RunState } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { describe, expect, it } from '@jest/globals';
import type { AttestationWorld } from '../testing/attestation-world.js';
import { decideRun, rechain, replayerPids, spliceState } from '../testing/toy-runs.js';

/** What a replay accepts, rejects and abstains from. */
export function replaySuite(world: () => AttestationWorld): void {
  describe('an honest run', () => {
    it('is replayed whole, attested, and verified offline', async () => {
      const prover = world().prover();
      const decided = await decideRun(prover, await prover.manifest({ steps: 43, segmentSteps: 10 }));
      expect(decided.verdict).toMatchObject({ accepted: true, replayedSegments: 5n, totalSegments: 5n });
      expect(decided.state).toBe(RunState.RUN_STATE_ATTESTED);
      const found = await world()
        .attestation()
        .getAttestation({ key: { $case: 'runId', value: decided.id } });
      const verified = verifyAttestation({
        bundle: new Uint8Array(found.bundle),
        logProof: found.logProof,
        modelDigest: found.attestation?.modelDigest ?? '',
        trust: {
          ...(await world().trust()),
          minimumAssurance: 'L3_FULL',
          requireOnline: true,
          requireLogProof: true,
        },
      });
      expect(verified.attestationId).toBe(decided.attestationId);
      expect(verified.statement.predicate.verification.replayedAll).toBe(true);
      expect(verified.statement.predicate.run.id).toBe(decided.id);
      expect(Buffer.from(await world().objects.get(found.bundleDigest)).equals(found.bundle)).toBe(true);
      const { bundle, logProof } = found;
      const checked = await world().attestation().verifyAttestation({ bundle, logProof, files: [] });
      expect(checked).toMatchObject({ valid: true, problems: [] });
      expect(checked.nonClaims).toContain('DATA_QUALITY');
    });

    it('may read an attested model, and names its attestation', async () => {
      const prover = world().prover();
      const { attestations } = await world().attestation().listAttestations({ pageSize: 1, pageToken: '' });
      const [base] = attestations;
      if (base === undefined) throw new Error('There is no attestation yet');
      const withBase = (attestationId: string) =>
        prover.manifest({ steps: 10 }, (manifest) => ({
          ...manifest,
          inputs: { ...manifest.inputs, artefacts: { base: { digest: base.modelDigest, attestationId } } },
        }));
      await expect(prover.start(await withBase('f'.repeat(64)))).rejects.toMatchObject({
        reason: 'MANIFEST_INVALID',
      });
      const decided = await decideRun(prover, await withBase(base.id));
      expect(decided.state).toBe(RunState.RUN_STATE_ATTESTED);
    });

    it('may keep no states: it is replayed from its seed then', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 40, segmentSteps: 10 });
      const started = await prover.start(manifest);
      const runId = started.run?.id ?? '';
      const trained = prover.train(manifest, new Uint8Array(started.seed));
      await prover.store(trained);
      const requests = await prover.commitRequests(runId, trained);
      await prover.commit(requests.map((request) => ({ ...request, stateObject: Buffer.alloc(0) })));
      await prover.finish(runId, trained);
      expect((await prover.decided(runId)).verdict).toMatchObject({ accepted: true, replayedSegments: 4n });
    });
  });

  describe('a replayer', () => {
    it('serves one run, and a new one serves the next', async () => {
      const prover = world().prover();
      await decideRun(prover, await prover.manifest({ steps: 10 }));
      const before = new Set(replayerPids(world().pid));
      await decideRun(prover, await prover.manifest({ steps: 10 }));
      expect(replayerPids(world().pid).filter((pid) => !before.has(pid))).not.toEqual([]);
    });
  });

  describe('an attestation', () => {
    it('is refused when a byte of its bundle changes', async () => {
      const { attestations } = await world().attestation().listAttestations({ pageSize: 1, pageToken: '' });
      const key = { $case: 'attestationId', value: attestations[0]?.id ?? '' } as const;
      const { bundle } = await world().attestation().getAttestation({ key });
      const altered = bundle.toString('utf8').replace(/"sig":"(.{10})./, '"sig":"$1A');
      const request = { bundle: Buffer.from(altered), logProof: '', files: [] };
      const checked = await world().attestation().verifyAttestation(request);
      expect(checked.valid).toBe(false);
      expect(checked.problems[0]).toMatch(/^SIGNATURE_INVALID/);
      await expect(
        world()
          .attestation()
          .verifyAttestation({ ...request, bundle: Buffer.from('{}') }),
      ).rejects.toMatchObject({ reason: 'BUNDLE_MALFORMED' });
      await expect(
        world()
          .attestation()
          .getAttestation({ key: { $case: 'attestationId', value: 'a'.repeat(64) } }),
      ).rejects.toMatchObject({ reason: 'ATTESTATION_NOT_FOUND' });
    });
  });

  describe('a dishonest run', () => {
    it('with one spliced state is rejected at that segment, with evidence in the log and the store', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 60, segmentSteps: 10 });
      const decided = await decideRun(prover, manifest, (run, binding) => spliceState(run, 3, binding));
      expect(decided.state).toBe(RunState.RUN_STATE_REJECTED);
      expect(decided.verdict).toMatchObject({ failureClass: 'REPLAY_MISMATCH', failedSegment: 3n });
      const evidence = /object ([0-9a-f]{64})/.exec(decided.verdict?.failure ?? '')?.[1] ?? '';
      const stored = JSON.parse(Buffer.from(await world().objects.get(evidence)).toString('utf8'));
      expect(stored).toMatchObject({ segment: 3, firstDifferentTensor: 'weights', runId: decided.id });
      expect(stored.linf).toBeCloseTo(0.25, 4);
      const { entries } = await world().transparencyLog().listLogEntries({ pageSize: 1000, pageToken: '' });
      const kinds = entries.filter((entry) => entry.runId === decided.id).map((entry) => entry.kind);
      expect(kinds).toEqual(['START', 'COMMIT', 'VERDICT']);
    });

    it('is rejected under whatever name it hides what it falsified', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 20, segmentSteps: 10 });
      const decided = await decideRun(prover, manifest, (run, binding) => {
        const honest = run.segments[1]!;
        const state = decodeState(honest.state);
        state.counters.set('\u0000\u001b[2J', 1);
        const bytes = encodeState(state);
        run.segments[1] = { ...honest, state: bytes, stateHash: stateHash(bytes) };
        rechain(run, binding);
      });
      expect(decided.state).toBe(RunState.RUN_STATE_REJECTED);
      expect(decided.verdict?.failure).toContain('counter \ufffd\ufffd[2J');
    });

    it('with another final file is rejected although every segment holds', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 20, segmentSteps: 10 });
      const decided = await decideRun(prover, manifest, (run) => {
        run.files.set('weights.bin', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
        run.entries.splice(0, run.entries.length, ...fileEntries(run.files));
        run.modelDigest = modelDigest(encodeFileList(run.entries));
      });
      expect(decided.state).toBe(RunState.RUN_STATE_REJECTED);
      expect(decided.verdict).toMatchObject({ failureClass: 'REPLAY_MISMATCH', replayedSegments: 2n });
      expect(decided.verdict?.failure).toContain('weights.bin');
    });

    it('with another first state is rejected', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 20, segmentSteps: 10 });
      const decided = await decideRun(prover, manifest, (run, binding) => {
        Object.assign(run, { initialStateHash: new Uint8Array(32).fill(7) });
        spliceState(run, 1, binding);
      });
      expect(decided.verdict).toMatchObject({ failureClass: 'REPLAY_MISMATCH', failedSegment: 0n });
    });

    it('whose plan the program does not make is rejected', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 20, segmentSteps: 10 }, (honest) => ({
        ...honest,
        plan: { ...honest.plan, maxSteps: 30 },
      }));
      expect((await decideRun(prover, manifest)).verdict).toMatchObject({ failureClass: 'BINDING' });
    });
  });

  describe('a run whose attestation cannot be written', () => {
    it('is decided all the same', async () => {
      let work: Json = 1;
      // As deep as a manifest takes it, and deeper than a statement does.
      for (let depth = 0; depth < 60; depth += 1) work = [work];
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10, segmentSteps: 10, work });
      const started = await prover.start(manifest);
      const runId = started.run?.id ?? '';
      const trained = prover.train(manifest, new Uint8Array(started.seed));
      await prover.store(trained);
      await prover.commit(await prover.commitRequests(runId, trained));
      await prover.finish(runId, trained);
      const decided = await prover.decided(runId);
      expect(decided.state).toBe(RunState.RUN_STATE_ABSTAINED);
      expect(decided.verdict?.failure).toContain('its attestation cannot be written');
    });
  });

  describe('a run under another kernel profile', () => {
    it('is neither attested nor rejected, and nothing of it is logged but its announcement and its end', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10 }, (honest) => ({
        ...honest,
        kernelProfile: { ...honest.kernelProfile, canarySha256: 'b'.repeat(64) },
      }));
      const decided = await decideRun(prover, manifest);
      expect(decided.state).toBe(RunState.RUN_STATE_ABSTAINED);
      expect(decided.verdict?.failure).toContain('canarySha256');
    });
  });
}
