import { join } from 'node:path';
import { generateSigningKey } from '@isthmus/proof';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type FakeAttestation, type FakeBehaviour, fakeAttestation } from '../testing/fake-attestation.js';
import { type ToyWorkspace, toyWorkspace } from '../testing/toy-workspace.js';
import { train } from '../training/train.js';
import type { TrainOptions } from '../training/train-options.js';
import type { TrainingEvent } from '../training/training-event.js';

describe('an attested run', () => {
  let toy: ToyWorkspace;
  let service: FakeAttestation | undefined;
  const proverKey = generateSigningKey();

  beforeAll(async () => {
    toy = await toyWorkspace();
  });
  afterEach(() => service?.stop());
  afterAll(() => toy.remove());

  const optionsFor = async (
    behaviour: FakeBehaviour,
    more: Partial<TrainOptions> = {},
  ): Promise<TrainOptions> => {
    service = await fakeAttestation(behaviour);
    return {
      program: { path: toy.programPath },
      spec: { steps: 95, segmentSteps: 10 },
      inputs: { records: { interactions: toy.interactions } },
      objects: toy.objects,
      attestation: { address: service.address, security: 'off', proverKey },
      ...more,
    };
  };

  it('is announced, committed, finished and attested', async () => {
    const events: TrainingEvent[] = [];
    const result = await train(await optionsFor({}, { onEvent: (event) => events.push(event) }));
    expect(result).toMatchObject({ mode: 'ONLINE', runId: 'run-1', segments: 10 });
    expect(result.verdict).toMatchObject({
      state: 'ATTESTED',
      level: 'L3_FULL',
      totalSegments: 10,
      verifyMs: 2500,
    });
    expect(result.attestation).toMatchObject({ bundle: '{}', logProof: 'proof', logIndex: '7' });
    const { segments } = service!;
    expect(segments.map(({ segment }) => Number(segment))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(segments[0]!.initialStateHash).toHaveLength(32);
    expect(segments[9]!.chain.toString('hex')).toBe(result.chainHead);
    for (const { stateObject } of segments)
      expect(await toy.objects.has(stateObject.toString('hex'))).toBe(true);
    expect(
      events.filter(({ event }) => event === 'replay' || event === 'verdict').map(({ event }) => event),
    ).toEqual(['replay', 'replay', 'verdict']);
  });

  it('goes on where the stream of commitments breaks', async () => {
    const result = await train(await optionsFor({ breakAfter: 4 }));
    expect(result.verdict?.state).toBe('ATTESTED');
    expect(service!.streams).toBe(2);
    expect(service!.segments).toHaveLength(10);
  });

  it('goes on after a stop with the commitments that are missing', async () => {
    const checkpointDirectory = join(toy.folder, 'attested');
    const options = await optionsFor({}, { checkpointDirectory });
    const stop = new AbortController();
    const stopped = train({
      ...options,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.event === 'segment' && event.segment === 5) stop.abort(new Error('stopped by the test'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped by the test');
    const result = await train(options);
    expect(result.verdict?.state).toBe('ATTESTED');
    expect(service!.segments.map(({ segment }) => Number(segment))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(result.chainHead).toBe(service!.segments[9]!.chain.toString('hex'));
  });

  it('tells of a rejection', async () => {
    const result = await train(await optionsFor({ rejects: true }));
    expect(result.verdict).toMatchObject({
      state: 'REJECTED',
      level: 'NONE',
      failureClass: 'REPLAY_MISMATCH',
    });
    expect(result.attestation).toBeUndefined();
  });

  it('refuses a seed that does not follow from the checkpoint', async () => {
    await expect(train(await optionsFor({ wrongSeed: true }))).rejects.toThrow('a seed that does not follow');
  });

  it('brings a seed of its own for a POSTHOC run, which gives the model of the local run', async () => {
    const options = await optionsFor({}, { seed: 7 });
    const result = await train(options);
    const { attestation, ...local } = options;
    expect(result.mode).toBe('POSTHOC');
    expect((await train(local)).modelDigest).toBe(result.modelDigest);
    expect(attestation).toBeDefined();
  });

  it('uploads program, inputs, states and model where the store is not shared', async () => {
    const options = await optionsFor({});
    const result = await train({ ...options, attestation: { ...options.attestation!, upload: true } });
    const { uploaded, segments } = service!;
    for (const digest of [result.program.digest, toy.interactions, result.modelDigest])
      expect(uploaded).toContain(digest);
    for (const { sha256 } of result.files) expect(uploaded).toContain(sha256);
    for (const { stateObject } of segments) expect(uploaded).toContain(stateObject.toString('hex'));
  });
});
