import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '@isthmus/proof';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ToyWorkspace, toyWorkspace } from '../testing/toy-workspace.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';
import type { TrainingEvent } from './training-event.js';
import { readTrials } from './trials-log.js';

describe('train', () => {
  let toy: ToyWorkspace;
  const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
    program: { path: toy.programPath },
    spec: { steps: 45, segmentSteps: 10 },
    inputs: { records: { interactions: toy.interactions } },
    objects: toy.objects,
    seed: 7,
    ...more,
  });

  beforeAll(async () => {
    toy = await toyWorkspace();
  });
  afterAll(() => toy.remove());

  it('trains from a local seed and stores the model under its digest', async () => {
    const events: TrainingEvent[] = [];
    const result = await train(options({ onEvent: (event) => events.push(event) }));
    expect(result).toMatchObject({ mode: 'LOCAL', steps: 46, segments: 5, program: { name: 'toy' } });
    expect(result.files.map((file) => file.name)).toEqual(['model.json', 'share.bin']);
    expect(await toy.objects.has(result.modelDigest)).toBe(true);
    expect(result.timings.map((timing) => timing.steps)).toEqual([10, 10, 10, 10, 6]);
    expect(events[0]).toMatchObject({ event: 'started', mode: 'LOCAL', segmentSteps: 10 });
    expect(events.filter(({ event }) => event === 'segment')).toHaveLength(5);
    expect(result.curve.at(-1)).toMatchObject({ step: 46, phase: 'done' });
  });

  it('gives the same chain and model for the same seed, and others for another seed', async () => {
    const first = await train(options());
    const again = await train(options());
    const other = await train(options({ seed: 8 }));
    expect(again.chainHead).toBe(first.chainHead);
    expect(again.modelDigest).toBe(first.modelDigest);
    expect(other.modelDigest).not.toBe(first.modelDigest);
  });

  it('goes on after it was stopped, with the same chain and model', async () => {
    const checkpointDirectory = join(toy.folder, 'stopped');
    const stop = new AbortController();
    const stopped = train(
      options({
        checkpointDirectory,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.event === 'segment' && event.segment === 2) stop.abort(new Error('stopped by the test'));
        },
      }),
    );
    await expect(stopped).rejects.toThrow('stopped by the test');
    const events: TrainingEvent[] = [];
    const resumed = await train(options({ checkpointDirectory, onEvent: (event) => events.push(event) }));
    const undisturbed = await train(options());
    expect(events.find(({ event }) => event === 'resumed')).toBeDefined();
    expect(resumed.chainHead).toBe(undisturbed.chainHead);
    expect(resumed.modelDigest).toBe(undisturbed.modelDigest);
    expect(resumed.timings.map((timing) => timing.steps)).toEqual([10, 10, 10, 10, 6]);
    // Once more, with nothing left to train.
    expect((await train(options({ checkpointDirectory }))).modelDigest).toBe(undisturbed.modelDigest);
  });

  it('trains the last segment again where a crash cut off its line', async () => {
    const checkpointDirectory = join(toy.folder, 'cut-off');
    const whole = await train(options({ checkpointDirectory }));
    const path = join(checkpointDirectory, 'segments.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${lines.slice(0, 4).join('\n')}\n${lines[4]!.slice(0, 30)}`);
    expect((await train(options({ checkpointDirectory }))).chainHead).toBe(whole.chainHead);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(6);
  });

  it('refuses to go on with another run, and says what differs', async () => {
    const checkpointDirectory = join(toy.folder, 'other');
    await train(options({ checkpointDirectory }));
    const other = options({ checkpointDirectory, spec: { steps: 30 } });
    await expect(train(other)).rejects.toThrow('it differs in spec, plan');
    await expect(train(options({ checkpointDirectory, seed: 8 }))).rejects.toThrow('another seed');
    await expect(train({ ...other, restart: true })).resolves.toMatchObject({ steps: 31 });
  });

  it('keeps the manifest as canonical JSON with program, plan and inputs', async () => {
    const checkpointDirectory = join(toy.folder, 'manifest');
    const result = await train(options({ checkpointDirectory }));
    const run = JSON.parse(await readFile(join(checkpointDirectory, 'run.json'), 'utf8'));
    const manifest = parseManifest(new Uint8Array(Buffer.from(run.manifest)));
    expect(manifest.program.digest).toBe(result.program.digest);
    expect(manifest.plan).toMatchObject({ segmentSteps: 10, values: { steps: 45, rate: 0.5 } });
    expect(manifest.inputs.records.interactions).toMatchObject({ size: 50, object: toy.interactions });
  });

  it('adds the run to the log of trials', async () => {
    const trialsPath = join(toy.folder, 'results', 'trials.jsonl');
    await train(options({ trialsPath }));
    await train(options({ trialsPath, seed: 8 }));
    const trials = await readTrials(trialsPath);
    expect(trials.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(trials[0]).toMatchObject({ program: 'toy', configuration: { steps: 45 } });
  });

  it('needs a seed or an attestation service', async () => {
    const { seed, ...unseeded } = options();
    expect(seed).toBe(7);
    await expect(train(unseeded)).rejects.toThrow('a run needs a seed');
  });
});
