import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resultOf, runCommand } from '../support/isthmus-command.js';
import { type SmallMesh, smallMesh } from '../support/small-mesh.js';

/** The part of the comparison that is looked for in the page. */
interface Compared {
  readonly comparisons: readonly {
    readonly group: string;
    readonly users: number;
    readonly models: readonly { readonly masked: Record<string, { readonly mean: number }> }[];
  }[];
}

let mesh: SmallMesh;
let folder: string;
let page: string;
let compared: Compared;

beforeAll(async () => {
  mesh = await smallMesh();
  folder = await mkdtemp(join(tmpdir(), 'isthmus-report-'));
  const [model, evaluation, out] = ['model.json', 'comparison.json', 'page.html'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(model, JSON.stringify(mesh.retrieval));
  const data = ['--data', mesh.dataFile, '--directory', dirname(mesh.dataFile), '--model', model];
  const evaluated = await runCommand('isthmus', ['evaluate', 'retrieval', ...data, '--out', evaluation]);
  if (evaluated.code !== 0) throw new Error(evaluated.errors);
  compared = JSON.parse(await readFile(evaluation, 'utf8'));
  const arguments_ = ['report', 'retrieval', ...data, '--evaluation', evaluation, '--out', out, '--json'];
  const written = resultOf<{ report: string; modelDigest: string }>(await runCommand('isthmus', arguments_));
  expect(written).toEqual({ report: out, modelDigest: mesh.retrieval.modelDigest });
  page = await readFile(out, 'utf8');
}, 600_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('isthmus report retrieval', () => {
  it('shows the run and its proof', () => {
    const { modelDigest, steps, verdict } = mesh.retrieval;
    expect(page).toContain(modelDigest);
    expect(page).toContain(`${steps.toLocaleString('en')} steps`);
    expect(page).toContain(`${verdict?.level}, ONLINE`);
  });

  it('shows the dictionary, transitions, curves and a user of the trained model', () => {
    for (const heading of [
      'The dictionary of interests',
      'From interest to interest',
      'What more interests give',
      'One user, explained',
    ])
      expect(page).toContain(heading);
    expect(page).toContain('aria-label="items of each code of level 2"');
    expect(/<title>\d[^<>]* → \d[^<>]*: \d+ times/.test(page)).toBe(true);
  });

  it('shows the figures that it was given', () => {
    expect(compared.comparisons.length).toBeGreaterThan(0);
    for (const { group, users, models } of compared.comparisons) {
      expect(page).toContain(`${group}, ${users} users`);
      expect(page).toContain(models[0]!.masked['recall@50']!.mean.toFixed(4));
    }
  });

  it('needs nothing from outside', () => {
    expect(page).not.toMatch(/<script|\b(src|href)=|url\(|@import/);
    expect(page).not.toContain('NaN');
  });
});
