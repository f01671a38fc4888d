import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkResults, describeCheck } from './check-results.js';
import { writeResults } from './write-results.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const sharedBars = join(repository, '..', 'shared', 'design', 'bars.json');

const report = {
  name: 'retrieval',
  title: 'Retrieval quality',
  command: 'npm run results -- retrieval',
  seeds: [1, 2, 3],
  rows: [
    { model: 'gemirec', 'recall@50': 0.19123456 },
    { model: 'pop|ular', trials: 4 },
  ],
  measured: { 'rows-won': 4, 'worst-row-margin': -0.05 },
};

describe('results', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'isthmus-results-'));
    await mkdir(join(root, 'docs', 'results'), { recursive: true });
    await mkdir(join(root, 'services', 'learning', 'src'), { recursive: true });
    await writeFile(join(root, 'services', 'learning', 'src', 'model.ts'), 'export const one = 1;\n');
    await writeFile(
      join(root, 'docs', 'results', 'bars.json'),
      JSON.stringify({
        note: 'a note is no part',
        retrieval: { 'rows-won': { at_least: 4 }, 'worst-row-margin': { at_least: -0.02 } },
        serve: { recall50: { at_least: 0.99 } },
      }),
    );
  });

  afterEach(() => rm(root, { recursive: true }));

  it('are written with command, commit, sources, machine and seeds, and as a page', async () => {
    const file = await writeResults(root, report, new Date('2026-11-24T06:00:00Z'));
    expect(file.sources).toMatch(/^[0-9a-f]{64}$/);
    expect(file.date).toBe('2026-11-24T06:00:00.000Z');
    const page = await readFile(join(root, 'docs', 'results', 'retrieval.md'), 'utf8');
    expect(page).toContain('| gemirec | 0.1912 |  |');
    expect(page).toContain('| pop\\|ular |  | 4 |');
  });

  it('are compared with the bars: what holds, what fails, what is missing', async () => {
    await writeResults(root, report);
    const check = await checkResults(root);
    expect(check.bars.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'rows-won holds',
      'worst-row-margin fails',
      'recall50 missing',
    ]);
    expect(check.ok).toBe(false);
    expect(check.stale).toEqual([]);
    expect(describeCheck(check).at(-1)).toBe('1 hold, 1 fail, 1 missing');
  });

  it('are named as stale when the sources have changed', async () => {
    await writeResults(root, report);
    await writeFile(join(root, 'services', 'learning', 'src', 'model.test.ts'), '// a test does not count\n');
    expect((await checkResults(root)).stale).toEqual([]);
    await writeFile(join(root, 'services', 'learning', 'src', 'model.ts'), 'export const one = 2;\n');
    expect((await checkResults(root)).stale).toEqual(['retrieval']);
  });

  it('are refused where a measured value is not a number', async () => {
    await expect(writeResults(root, { ...report, measured: { 'rows-won': Number.NaN } })).rejects.toThrow(
      RangeError,
    );
  });
});

describe('bars', () => {
  const atHand = existsSync(sharedBars);
  (atHand ? it : it.skip)(
    `are the same as beside the checkout${atHand ? '' : ' (skipped: ../shared/design/bars.json is not at hand)'}`,
    async () => {
      const own = await readFile(join(repository, 'docs', 'results', 'bars.json'), 'utf8');
      expect(JSON.parse(own)).toEqual(JSON.parse(await readFile(sharedBars, 'utf8')));
    },
  );
});
