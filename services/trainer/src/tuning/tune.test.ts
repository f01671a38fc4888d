import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@isthmus/learning';
import type { JsonObject } from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import { toyWorkspace } from '../testing/toy-workspace.js';
import { readTrials, type Trial } from '../training/trials-log.js';
import { drawConfiguration, gridConfigurations, parseSearchSpace } from './search-space.js';
import { spawnTrial } from './spawn-trial.js';
import { tune } from './tune.js';

const trialOf = (configuration: JsonObject, validation: Trial['validation']): Trial => ({
  program: 'p',
  programDigest: 'd',
  configuration,
  seed: 1,
  validation,
  cpuSeconds: 1,
  modelDigest: 'm',
});
const attempt = async (configuration: JsonObject) =>
  trialOf(configuration, { score: -Math.abs((configuration.x as number) - 3) });

describe('a search space', () => {
  it('gives every configuration of a grid', () => {
    const space = parseSearchSpace({ b: [1, 2], a: ['u', 'v'] });
    expect(gridConfigurations(space)).toEqual([
      { a: 'u', b: 1 },
      { a: 'u', b: 2 },
      { a: 'v', b: 1 },
      { a: 'v', b: 2 },
    ]);
  });

  it('draws within its ranges, evenly over the orders of magnitude where it is logarithmic', () => {
    const space = parseSearchSpace({
      rate: { min: 1e-4, max: 1, logarithmic: true },
      width: { min: 2, max: 5, integer: true },
    });
    const seed = new Uint8Array(32);
    const drawn = Array.from({ length: 400 }, (_, n) => drawConfiguration(space, createRandom(seed, 't', n)));
    const rates = drawn.map(({ rate }) => rate as number);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(1);
    expect(rates.filter((rate) => rate < 1e-2).length / rates.length).toBeCloseTo(0.5, 1);
    expect(new Set(drawn.map(({ width }) => width))).toEqual(new Set([2, 3, 4, 5]));
  });

  it.each([
    [{}, 'no field'],
    [{ a: [] }, "'a' has no value"],
    [{ a: 3 }, "'a' is neither a list"],
    [{ a: { min: 2, max: 1 } }, "'a' is neither a list"],
    [{ a: { min: 0, max: 1, logarithmic: true } }, 'logarithmic from above 0'],
  ])('is refused as %j', (json, message) => {
    expect(() => parseSearchSpace(json)).toThrow(message);
  });

  it('has no grid of ranges, and none that is too large', () => {
    expect(() => gridConfigurations(parseSearchSpace({ a: { min: 0, max: 1 } }))).toThrow('not a range');
    const long = Array.from({ length: 101 }, (_, n) => n);
    expect(() => gridConfigurations(parseSearchSpace({ a: long, b: long }))).toThrow('more than 10000');
  });
});

describe('tune', () => {
  const options = { base: { y: 1 }, search: 'grid', trials: 5, seed: 1, figure: 'score', attempt } as const;

  it('finds the configuration that does best on validation, the first of equals', async () => {
    const { best, trials } = await tune({ ...options, space: parseSearchSpace({ x: [1, 2, 4, 9] }) });
    expect(best.configuration).toEqual({ y: 1, x: 2 });
    expect(trials).toHaveLength(4);
  });

  it('tries different configurations at random, the same ones again for the same seed', async () => {
    const space = parseSearchSpace({ x: { min: 0, max: 9, integer: true } });
    const tried = async (seed: number) => {
      const { trials } = await tune({ ...options, search: 'random', space, seed });
      return trials.map(({ configuration }) => configuration.x);
    };
    const first = await tried(1);
    expect(new Set(first).size).toBe(5);
    expect(await tried(1)).toEqual(first);
    expect(await tried(2)).not.toEqual(first);
    const few = parseSearchSpace({ x: [1, 2] });
    expect((await tune({ ...options, search: 'random', space: few })).trials).toHaveLength(2);
  });

  it('says which figures there are where the wanted one is missing', async () => {
    const space = parseSearchSpace({ x: [1] });
    await expect(tune({ ...options, space, figure: 'other' })).rejects.toThrow('it has score');
  });
});

describe('spawnTrial', () => {
  it('trains once, appends to the log, and answers from it the next time', async () => {
    const toy = await toyWorkspace();
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-tune-'));
    const dataFile = join(folder, 'data.json');
    const interactions = { object: toy.interactions, size: 50, root: '' };
    await writeFile(dataFile, JSON.stringify({ interactions, items: interactions }));
    const logPath = join(folder, 'deep', 'trials.jsonl');
    const setting = {
      programFile: toy.programPath,
      programDigest: '',
      dataFile,
      data: toy.interactions,
      objectsUrl: toy.objectsUrl,
      seed: 4,
      logPath,
    };
    const configuration = { steps: 5, segmentSteps: 5 };
    const first = await spawnTrial(setting, configuration);
    const [logged] = await readTrials(logPath);
    expect(first.modelDigest).toBe(logged!.modelDigest);
    expect(logged).toMatchObject({ program: 'toy', data: toy.interactions, configuration, seed: 4 });
    const again = await spawnTrial(
      { ...setting, programDigest: logged!.programDigest, programFile: 'absent' },
      configuration,
    );
    expect(again).toEqual(logged);
    expect((await readFile(logPath, 'utf8')).trim().split('\n')).toHaveLength(1);
    await rm(folder, { recursive: true });
    await toy.remove();
  });
});
