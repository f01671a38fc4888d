import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ToyWorkspace, toyWorkspace } from './testing/toy-workspace.js';
import { spawnTraining, type TrainingFlags } from './training/spawn-training.js';
import type { TrainingEvent, TrainResult } from './training/training-event.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

// Every case starts processes, which take their time on a machine that is busy with other tests.
jest.setTimeout(300_000);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(...argv: string[]): Promise<Ended> {
  return promisify(execFile)(process.execPath, [main, ...argv]).then(
    (ended) => ({ code: 0, ...ended }),
    (error: Ended) => error,
  );
}

describe('isthmus-trainer', () => {
  let toy: ToyWorkspace;
  let flags: TrainingFlags;
  let argv: string[];
  // Enough work that a kill meets the run in the middle.
  const spec = { steps: 200, segmentSteps: 5, work: 600 };

  beforeAll(async () => {
    if (!existsSync(main)) throw new Error('build first: npx tsc -b services/trainer');
    toy = await toyWorkspace();
    const dataFile = join(toy.folder, 'data.json');
    const set = { object: toy.interactions, size: 50, root: '' };
    await writeFile(dataFile, JSON.stringify({ interactions: set, items: set }));
    flags = { program: toy.programPath, dataFile, objectsUrl: toy.objectsUrl, spec, seed: 7 };
    argv = ['train', '--program', toy.programPath, '--data', dataFile, '--objects', toy.objectsUrl];
  });
  afterAll(() => toy.remove());

  it('goes on after kill -9 with the same model as an undisturbed run', async () => {
    const checkpointDirectory = join(toy.folder, 'killed');
    const segments = join(checkpointDirectory, 'segments.jsonl');
    const killed = spawnTraining({ ...flags, checkpointDirectory }, (event) => {
      if (event.event === 'segment' && event.segment === 4) killed.kill('SIGKILL');
    });
    await expect(killed.result).rejects.toThrow('SIGKILL');
    const done = readFileSync(segments, 'utf8').split('\n').length - 1;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(41);
    const events: TrainingEvent[] = [];
    const resumed = await spawnTraining({ ...flags, checkpointDirectory }, (event) => events.push(event))
      .result;
    const undisturbed = await spawnTraining(flags).result;
    expect(events.find(({ event }) => event === 'resumed')).toMatchObject({ segment: done, step: 5 * done });
    expect(resumed.modelDigest).toBe(undisturbed.modelDigest);
    expect(resumed.chainHead).toBe(undisturbed.chainHead);
    expect(resumed.segments).toBe(41);
  });

  it('stops between two steps when asked, and says how to go on', async () => {
    // Hours of work: the run cannot end before the signal reaches it, however fast the machine is.
    const long = JSON.stringify({ ...spec, steps: 1_000_000, segmentSteps: 1000 });
    const child = spawn(process.execPath, [main, ...argv, '--seed', '7', '--spec', long, '--events']);
    let stderr = '';
    child.stderr.on('data', (bytes: Buffer) => {
      stderr += bytes.toString();
    });
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(stderr).toContain('goes on from its checkpoints');
  });

  it('writes the result to a file, and in short as the last line', async () => {
    const out = join(toy.folder, 'result.json');
    const quick = ['--seed', '7', '--spec', '{"steps":20}', '--out', out];
    const ended = await run(...argv, ...quick, '--json');
    expect(ended.code).toBe(0);
    const short = JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) as string) as TrainResult;
    const whole = JSON.parse(await readFile(out, 'utf8')) as TrainResult;
    expect(short.modelDigest).toBe(whole.modelDigest);
    expect(short.curve).toBeUndefined();
    expect(whole.curve.length).toBeGreaterThan(0);
    expect((await run(...argv, ...quick)).stdout).toContain(`model ${whole.modelDigest}`);
  });

  it.each([
    [['train'], '--data is needed'],
    [['train', '--data', 'absent.json'], 'absent.json cannot be read as JSON'],
    [['prepare'], 'name either --simulator or files'],
    [['prepare', '--simulator', '--split', 'thirds'], '--split must be one of mesh, time'],
    [['prepare', '--simulator', '--seed', 'one'], '--seed must be a whole number'],
    [['evaluate-retrieval', '--data', 'x.json'], 'name a run with --model or --lists'],
    [['tune', '--space', '{"a":[]}'], "--space: the space of 'a' has no value"],
    [['study', 'everything'], 'name one study: retrieval'],
    [['study', 'retrieval', '--data', '.', '--only', 'moon'], "--only is ROW or ROW,PROGRAM, not 'moon'"],
    [['evaluate', '--modle', 'x'], "Unknown option '--modle'"],
    [['publish', '--model', 'x.json', '--insecure'], '--to is needed'],
    [['publish', '--model', main, '--to', 'localhost:1', '--insecure'], 'cannot be read as JSON'],
    [['publish', '--to', 'localhost:1'], '--to needs --tls-authority'],
    [['fly'], 'isthmus-trainer COMMAND'],
  ])('ends with code 2 where it is called wrongly: %j', async (words, message) => {
    const ended = await run(...words);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
  });

  it('ends with code 1 and the program’s own words where a specification is wrong', async () => {
    const ended = await run(...argv, '--seed', '7', '--spec', '{"steps":-1}');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('steps must be a number above 0');
  });

  it('takes an input from the file of an earlier training, and says where that is none', async () => {
    const out = join(toy.folder, 'first.json');
    const short = ['--spec', '{"steps":5,"segmentSteps":5}', '--seed', '1'];
    await run(...argv, ...short, '--out', out);
    const { modelDigest } = JSON.parse(await readFile(out, 'utf8')) as TrainResult;
    const second = await run(...argv, ...short, '--artefact', `base=@${out}`, '--json');
    expect(second).toMatchObject({ code: 0 });
    expect(modelDigest).toMatch(/^[0-9a-f]{64}$/);
    const refused = await run(...argv, ...short, '--artefact', `base=@${main}`);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is not what a training wrote with --out');
    const data = join(toy.folder, 'data.json');
    const unpublished = await run('publish', '--model', data, '--to', 'localhost:1', '--insecure');
    expect(unpublished.code).toBe(2);
    expect(unpublished.stderr).toContain('is not what a training wrote with --out');
  });

  it('helps with every command', async () => {
    const commands = [
      'prepare',
      'train',
      'publish',
      'evaluate',
      'evaluate-retrieval',
      'tune',
      'study',
      'bundle',
    ];
    const pages = await Promise.all(commands.map((command) => run(command, '--help')));
    for (const [index, command] of commands.entries())
      expect(pages[index]!.stdout).toContain(`isthmus-trainer ${command}`);
  });

  it('keeps the prover’s key readable by its owner only', async () => {
    const key = join(toy.folder, 'prover.pem');
    const unreachable = ['--attestation', '127.0.0.1:1', '--insecure', '--key', key];
    const attempt = spawn(process.execPath, [main, ...argv, ...unreachable]);
    while (!existsSync(key)) await new Promise((resolve) => setTimeout(resolve, 20));
    attempt.kill('SIGKILL');
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });
});
