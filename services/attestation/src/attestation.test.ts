import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  chainNext,
  chainStart,
  decodeState,
  encodeFileList,
  encodeManifest,
  encodeState,
  fileEntries,
  manifestDigest,
  modelDigest,
  openCheckpoint,
  parseVerifierKey,
  stateHash,
  verifyAttestation,
  verifyConsistency,
  verifyInclusion,
} from '@isthmus/proof';
import { type Run, RunState } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttestationWorld } from './testing/attestation-world.js';
import type { ToyProver, TrainedRun } from './testing/toy-prover.js';

let world: AttestationWorld;

beforeAll(async () => {
  world = await AttestationWorld.create();
  await world.start('--replay.heartbeatMs=200', '--limits.openRunsPerProver=2');
}, 30_000);

afterAll(async () => {
  await world.remove();
});

/** Trains and commits a whole run; `change` may falsify it before it is committed. */
async function run(
  prover: ToyProver,
  spec: { readonly [name: string]: number },
  change: (run: TrainedRun, commitment: Uint8Array, seed: Uint8Array) => void = () => undefined,
): Promise<Run> {
  const manifest = await prover.manifest(spec);
  const started = await prover.start(manifest);
  const trained = prover.train(manifest, new Uint8Array(started.seed));
  change(trained, manifestDigest(encodeManifest(manifest)), new Uint8Array(started.seed));
  await prover.store(trained);
  const runId = started.run?.id ?? '';
  await prover.commit(await prover.commitRequests(runId, trained), started.window);
  await prover.finish(runId, trained);
  return prover.decided(runId);
}

/** Replaces the state after `segment` and everything in the chain that depends on it. */
function spliceState(run: TrainedRun, segment: number, commitment: Uint8Array, seed: Uint8Array): void {
  const spliced = run.segments[segment];
  if (spliced === undefined) throw new Error('There is no such segment');
  const state = decodeState(spliced.state);
  const weights = state.tensors.get('weights')?.data as Float32Array;
  weights[1] = (weights[1] ?? 0) + 0.25;
  const bytes = encodeState(state);
  run.segments[segment] = { ...spliced, state: bytes, stateHash: stateHash(bytes) };
  let chain = chainStart(commitment, seed, run.initialStateHash);
  for (const [index, before] of run.segments.entries()) {
    chain = chainNext(chain, before.stateHash, before.readsDigest);
    run.segments[index] = { ...before, chain };
  }
}

describe('an honest run', () => {
  it('is replayed whole, attested, and verified offline with the files', async () => {
    const decided = await run(world.prover(), { steps: 43, segmentSteps: 10 });
    expect(decided.verdict).toMatchObject({ accepted: true, replayedSegments: 5n, totalSegments: 5n });
    expect(decided.state).toBe(RunState.RUN_STATE_ATTESTED);
    const found = await world.attestation().getAttestation({ key: { $case: 'runId', value: decided.id } });
    const trust = await world.trust();
    const verified = verifyAttestation({
      bundle: new Uint8Array(found.bundle),
      logProof: found.logProof,
      modelDigest: found.attestation?.modelDigest ?? '',
      trust: { ...trust, minimumAssurance: 'L3_FULL', requireOnline: true, requireLogProof: true },
    });
    expect(verified.attestationId).toBe(decided.attestationId);
    expect(verified.statement.predicate.verification.replayedAll).toBe(true);
    expect(verified.statement.predicate.run.id).toBe(decided.id);
    expect(Buffer.from(await world.objects.get(found.bundleDigest)).equals(found.bundle)).toBe(true);
    const checked = await world.attestation().verifyAttestation({
      bundle: found.bundle,
      logProof: found.logProof,
      files: [],
    });
    expect(checked).toMatchObject({ valid: true, problems: [] });
  });

  it('is refused by the verifier when a byte of its bundle changes', async () => {
    const { attestations } = await world.attestation().listAttestations({ pageSize: 1, pageToken: '' });
    const id = attestations[0]?.id ?? '';
    const found = await world.attestation().getAttestation({ key: { $case: 'attestationId', value: id } });
    const text = found.bundle.toString('utf8');
    const altered = text.replace(/"sig":"(.{10})./, (_, start: string) => `"sig":"${start}A`);
    const checked = await world.attestation().verifyAttestation({
      bundle: Buffer.from(altered),
      logProof: '',
      files: [],
    });
    expect(checked.valid).toBe(false);
    expect(checked.problems[0]).toMatch(/^SIGNATURE_INVALID/);
    await expect(
      world.attestation().verifyAttestation({ bundle: Buffer.from('{}'), logProof: '', files: [] }),
    ).rejects.toMatchObject({ reason: 'BUNDLE_MALFORMED' });
  });
});

describe('a dishonest run', () => {
  it('with one spliced state is rejected at that segment, with evidence', async () => {
    const decided = await run(world.prover(), { steps: 60, segmentSteps: 10 }, (trained, commitment, seed) =>
      spliceState(trained, 3, commitment, seed),
    );
    expect(decided.state).toBe(RunState.RUN_STATE_REJECTED);
    expect(decided.verdict).toMatchObject({
      accepted: false,
      failureClass: 'REPLAY_MISMATCH',
      failedSegment: 3n,
    });
    const evidence = /object ([0-9a-f]{64})/.exec(decided.verdict?.failure ?? '')?.[1] ?? '';
    const stored = JSON.parse(Buffer.from(await world.objects.get(evidence)).toString('utf8'));
    expect(stored).toMatchObject({ segment: 3, firstDifferentTensor: 'weights', runId: decided.id });
    expect(stored.linf).toBeCloseTo(0.25, 4);
    const entries = await world.transparencyLog().listLogEntries({ pageSize: 1000, pageToken: '' });
    expect(entries.entries.filter((entry) => entry.runId === decided.id).map((entry) => entry.kind)).toEqual([
      'START',
      'COMMIT',
      'VERDICT',
    ]);
  });

  it('with another final file is rejected although every segment holds', async () => {
    const decided = await run(world.prover(), { steps: 20, segmentSteps: 10 }, (trained) => {
      trained.files.set('weights.bin', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      trained.entries.splice(0, trained.entries.length, ...fileEntries(trained.files));
      trained.modelDigest = modelDigest(encodeFileList(trained.entries));
    });
    expect(decided.state).toBe(RunState.RUN_STATE_REJECTED);
    expect(decided.verdict).toMatchObject({ failureClass: 'REPLAY_MISMATCH', replayedSegments: 2n });
    expect(decided.verdict?.failure).toContain('weights.bin');
  });

  it('with another first state is rejected', async () => {
    const decided = await run(
      world.prover(),
      { steps: 20, segmentSteps: 10 },
      (trained, commitment, seed) => {
        Object.assign(trained, { initialStateHash: new Uint8Array(32).fill(7) });
        spliceState(trained, 1, commitment, seed);
      },
    );
    expect(decided.verdict).toMatchObject({ failureClass: 'REPLAY_MISMATCH', failedSegment: 0n });
  });

  it('under another kernel profile is neither attested nor rejected', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 10 }, (honest) => ({
      ...honest,
      kernelProfile: { ...honest.kernelProfile, canarySha256: 'b'.repeat(64) },
    }));
    const started = await prover.start(manifest);
    const trained = prover.train(manifest, new Uint8Array(started.seed));
    await prover.store(trained);
    const runId = started.run?.id ?? '';
    await prover.commit(await prover.commitRequests(runId, trained));
    await prover.finish(runId, trained);
    const decided = await prover.decided(runId);
    expect(decided.state).toBe(RunState.RUN_STATE_ABSTAINED);
    expect(decided.verdict?.failure).toContain('canarySha256');
  });

  it('whose plan the program does not make is rejected', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 20, segmentSteps: 10 }, (honest) => ({
      ...honest,
      plan: { ...honest.plan, maxSteps: 30 },
    }));
    const started = await prover.start(manifest);
    const trained = prover.train(manifest, new Uint8Array(started.seed));
    await prover.store(trained);
    const runId = started.run?.id ?? '';
    await prover.commit(await prover.commitRequests(runId, trained));
    await prover.finish(runId, trained);
    expect((await prover.decided(runId)).verdict).toMatchObject({ failureClass: 'BINDING' });
  });
});

describe('StartRun', () => {
  it('gives a repeated request the same nonce and refuses the id for anything else', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 10 });
    const requestId = randomUUID();
    const first = await prover.start(manifest, requestId);
    const second = await prover.start(manifest, requestId);
    expect(second.run?.id).toBe(first.run?.id);
    expect(second.nonce.equals(first.nonce)).toBe(true);
    const other = world.prover();
    await expect(other.start(await other.manifest({ steps: 10 }), requestId)).rejects.toMatchObject({
      reason: 'REQUEST_ID_REUSED',
    });
    await expect(prover.start(manifest)).rejects.toMatchObject({ reason: 'MANIFEST_INVALID' });
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
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 10 }, (honest) => ({ ...honest, ...change }));
    await expect(prover.start(manifest)).rejects.toMatchObject({ reason });
  });

  it('refuses the signature of another key', async () => {
    const prover = world.prover();
    const request = prover.startRequest(await prover.manifest({ steps: 10 }));
    const other = world.prover();
    const { signature } = other.startRequest(await other.manifest({ steps: 10 }));
    await expect(world.proof().startRun({ ...request, signature })).rejects.toMatchObject({
      reason: 'SIGNATURE_INVALID',
    });
  });

  it('holds a prover to its quota of open runs and counts its attempts', async () => {
    const prover = world.prover();
    await prover.start(await prover.manifest({ steps: 10 }));
    const second = await prover.start(await prover.manifest({ steps: 10 }));
    expect(second.run?.priorAttempts).toBe(1n);
    await expect(prover.start(await prover.manifest({ steps: 10 }))).rejects.toMatchObject({
      reason: 'RUN_QUOTA_EXCEEDED',
    });
  });
});

describe('commitments', () => {
  it('go on after a broken connection, and are refused where the chain breaks', async () => {
    const prover = world.prover();
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
    const wrong = { ...requests[2], chain: Buffer.alloc(32) } as (typeof requests)[number];
    await expect(prover.commit([wrong])).rejects.toMatchObject({ reason: 'CHAIN_BROKEN' });
    // The second segment again, as after a lost acknowledgement.
    expect(await prover.commit(requests.slice(1))).toBe(4);
    const [first, second] = [await prover.finish(runId, trained), await prover.finish(runId, trained)];
    expect(second?.id).toBe(first?.id);
    expect((await prover.decided(runId)).state).toBe(RunState.RUN_STATE_ATTESTED);
    await expect(prover.commit([wrong])).rejects.toMatchObject({ reason: 'CHAIN_BROKEN' });
  });

  it('need their states in the store before the end', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 10, segmentSteps: 10 });
    const started = await prover.start(manifest);
    const runId = started.run?.id ?? '';
    const trained = prover.train(manifest, new Uint8Array(started.seed));
    const requests = await prover.commitRequests(runId, trained);
    await prover.commit(requests.map((request) => ({ ...request, stateObject: Buffer.alloc(32, 9) })));
    await expect(prover.finish(runId, trained)).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
  });

  it('may be sparse: a run that keeps no states is replayed from its seed', async () => {
    const prover = world.prover();
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

describe('UploadObject', () => {
  it('stores what has the announced digest and nothing else', async () => {
    const bytes = Buffer.from('an object that arrives in two pieces');
    const sha256 = '6fc1c1d9e8e5c4a1a4c4ad8f5ec4cc6d6f5b1d9fd1aaeb9b1d4c0c5a3f7a2f10';
    await expect(world.proof().uploadObject([{ sha256, chunk: bytes }])).rejects.toMatchObject({
      reason: 'OBJECT_DIGEST_MISMATCH',
    });
    const digest = await world.objects.put(new Uint8Array(bytes));
    await world.objects.delete(digest);
    const stored = await world.proof().uploadObject([
      { sha256: digest, chunk: bytes.subarray(0, 10) },
      { sha256: digest, chunk: bytes.subarray(10) },
    ]);
    expect(stored.sizeBytes).toBe(BigInt(bytes.length));
    expect(Buffer.from(await world.objects.get(digest)).equals(bytes)).toBe(true);
  });
});

describe('a replay', () => {
  it('loses nothing when its process is killed in the middle', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 80, segmentSteps: 10, work: 8_000_000 });
    const started = await prover.start(manifest);
    const runId = started.run?.id ?? '';
    const trained = prover.train(
      await prover.manifest({ steps: 80, segmentSteps: 10 }),
      new Uint8Array(started.seed),
    );
    expect(trained.segments).toHaveLength(8);
    rechain(trained, manifestDigest(encodeManifest(manifest)), new Uint8Array(started.seed));
    await prover.store(trained);
    await prover.commit(await prover.commitRequests(runId, trained));
    await prover.finish(runId, trained);
    let killed = 0;
    for await (const { run: seen } of world.proof().watchRun({ runId })) {
      if (seen === undefined || seen.replayedSegments < 1n || killed > 0) continue;
      for (const pid of replayerPids(world.pid)) {
        process.kill(pid, 'SIGKILL');
        killed += 1;
      }
    }
    expect(killed).toBeGreaterThan(0);
    const { run: decided } = await world.proof().getRun({ runId });
    expect(decided?.verdict).toMatchObject({ accepted: true, replayedSegments: 8n });
    expect(world.log).toContain('a replay was lost and is repeated');
  }, 30_000);

  it('goes on when the whole program is killed and started again', async () => {
    const prover = world.prover();
    const manifest = await prover.manifest({ steps: 40, segmentSteps: 10, work: 8_000_000 });
    const started = await prover.start(manifest);
    const runId = started.run?.id ?? '';
    const trained = prover.train(
      await prover.manifest({ steps: 40, segmentSteps: 10 }),
      new Uint8Array(started.seed),
    );
    rechain(trained, manifestDigest(encodeManifest(manifest)), new Uint8Array(started.seed));
    await prover.store(trained);
    await prover.commit(await prover.commitRequests(runId, trained));
    await prover.finish(runId, trained);
    await world.stop('SIGKILL');
    await world.start('--replay.heartbeatMs=200', '--limits.openRunsPerProver=2');
    let last: Run | undefined;
    for await (const { run: seen } of world.proof().watchRun({ runId })) last = seen;
    expect(last?.state).toBe(RunState.RUN_STATE_ATTESTED);
  }, 30_000);
});

/** Makes the chain of a run anew under another manifest's commitment. */
function rechain(run: TrainedRun, commitment: Uint8Array, seed: Uint8Array): void {
  let chain = chainStart(commitment, seed, run.initialStateHash);
  for (const [index, segment] of run.segments.entries()) {
    chain = chainNext(chain, segment.stateHash, segment.readsDigest);
    run.segments[index] = { ...segment, chain };
  }
}

/** Ids of the replayer processes that a program has started. */
function replayerPids(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => {
      try {
        const isReplayer = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('replayer-main.js');
        return isReplayer && readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('the log', () => {
  it('is append-only: every checkpoint is consistent with every later one', async () => {
    const log = world.transparencyLog();
    const { verifierKey, treeSize } = await log.getLogCheckpoint({});
    const verifier = parseVerifierKey(verifierKey);
    const roots = new Map<bigint, Uint8Array>();
    for (let size = 1n; size <= treeSize; size += 1n) {
      const proof = await log.getInclusionProof({ index: size - 1n, treeSize: size });
      const checkpoint = openCheckpoint(proof.checkpoint, verifier);
      verifyInclusion(proof.leafHash, proof.index, size, proof.hashes, checkpoint.rootHash);
      roots.set(size, checkpoint.rootHash);
    }
    expect(roots.size).toBeGreaterThan(20);
    for (const [first, firstRoot] of roots) {
      for (const [second, secondRoot] of roots) {
        if (first > second || (first + second) % 3n !== 0n) continue;
        const { hashes } = await log.getConsistencyProof({ firstSize: first, secondSize: second });
        verifyConsistency(first, second, hashes, firstRoot, secondRoot);
      }
    }
  });

  it('refuses sizes and indices that it does not have', async () => {
    const log = world.transparencyLog();
    const { treeSize } = await log.getLogCheckpoint({});
    await expect(log.getInclusionProof({ index: treeSize, treeSize: 0n })).rejects.toMatchObject({
      reason: 'LOG_ENTRY_NOT_FOUND',
    });
    await expect(log.getInclusionProof({ index: 0n, treeSize: treeSize + 1n })).rejects.toMatchObject({
      reason: 'LOG_SIZE_OUT_OF_RANGE',
    });
    await expect(log.getConsistencyProof({ firstSize: 3n, secondSize: 2n })).rejects.toMatchObject({
      reason: 'LOG_SIZE_OUT_OF_RANGE',
    });
  });

  it('pages through its entries and refuses tokens of another listing', async () => {
    const log = world.transparencyLog();
    const whole = await log.listLogEntries({ pageSize: 1000, pageToken: '' });
    const indices: bigint[] = [];
    for (let pageToken = ''; ; ) {
      const page = await log.listLogEntries({ pageSize: 7, pageToken });
      indices.push(...page.entries.map((entry) => entry.index));
      pageToken = page.nextPageToken;
      if (pageToken === '') break;
    }
    expect(indices).toEqual(whole.entries.map((entry) => entry.index));
    const { nextPageToken } = await world.proof().listRuns({ pageSize: 2, pageToken: '', proverKeyId: '' });
    await expect(log.listLogEntries({ pageSize: 7, pageToken: nextPageToken })).rejects.toMatchObject({
      reason: 'PAGE_TOKEN_INVALID',
    });
  });
});
