import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore } from '@isthmus/chassis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ComparedModel, RetrievalComparison } from '../evaluation/retrieval-comparison.js';
import { type ToyWorkspace, toyWorkspace } from '../testing/toy-workspace.js';
import { type ComparedProgram, type ComparedRow, compareStudy } from './compare-study.js';
import { measuredBars } from './measured-bars.js';
import { prepareRow } from './prepare-row.js';
import { retrievalStudy } from './retrieval-study.js';
import { runTask } from './run-task.js';
import { type Study, type StudyProgram, type StudyRow, specOf, studyTasks } from './study-definition.js';
import { readEntry } from './study-entry.js';
import { studyKey, studyPlace } from './study-place.js';
import { studyReport } from './study-report.js';

const row = (name: string, counts = true): StudyRow => ({
  name,
  folder: name,
  split: 'leave-last-out',
  counts,
});
const program = (name: string, more: Partial<StudyProgram> = {}): StudyProgram => ({
  name,
  program: name,
  role: 'peer',
  spec: { steps: 5, segmentSteps: 5 },
  ...more,
});
const study: Study = {
  name: 'small',
  title: 'Small',
  notes: ['A note.'],
  command: 'npm run results:small',
  rows: [row('one'), row('two')],
  programs: [
    program('toy', { role: 'ours', specOn: { two: { steps: 6 } } }),
    program('count', { deterministic: true }),
    program('part', { rows: ['two'], role: 'ablation' }),
  ],
  seeds: [1, 2],
};
const namesOf = (tasks: ReturnType<typeof studyTasks>) =>
  tasks.map(({ row, program, seed }) => `${row.name} ${program.name} ${seed}`);

describe('studyTasks', () => {
  it('does the first seed of everything first, what is deterministic once, and parts on their rows', () => {
    expect(namesOf(studyTasks(study))).toEqual([
      'one toy 1',
      'one count 1',
      'two toy 1',
      'two count 1',
      'two part 1',
      'one toy 2',
      'two toy 2',
      'two part 2',
    ]);
  });

  it('does a part where it is told to', () => {
    const only = [
      { row: 'one', program: 'count' },
      { row: '', program: 'part' },
    ];
    expect(namesOf(studyTasks(study, only))).toEqual(['one count 1', 'two part 1', 'two part 2']);
  });

  it('changes the specification on rows that say so', () => {
    expect(specOf(study.programs[0]!, study.rows[0]!)).toEqual({ steps: 5, segmentSteps: 5 });
    expect(specOf(study.programs[0]!, study.rows[1]!)).toEqual({ steps: 6, segmentSteps: 5 });
  });
});

describe('the study of retrieval', () => {
  it('names every program once, on rows that there are', () => {
    const names = retrievalStudy.programs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const rows = retrievalStudy.rows.map(({ name }) => name);
    for (const { rows: on = [], specOn = {} } of retrievalStudy.programs)
      for (const name of [...on, ...Object.keys(specOn)]) expect(rows).toContain(name);
    expect(retrievalStudy.rows.filter(({ counts }) => counts)).toHaveLength(6);
    expect(retrievalStudy.programs.filter(({ role }) => role === 'ours')).toHaveLength(1);
  });
});

describe('studyKey', () => {
  const prepared = {
    interactions: { object: 'a', size: 1, root: 'r' },
    items: { object: 'b', size: 1, root: 'r' },
    evaluation: 'c',
  };
  const parts = { programDigest: 'p', spec: { x: 1, y: 2 }, seed: 1, prepared };
  it('is of program, specification, seed and data, in whatever order the specification is written', () => {
    const key = studyKey(parts);
    expect(studyKey({ ...parts, spec: { y: 2, x: 1 } })).toBe(key);
    const others = [
      { ...parts, programDigest: 'q' },
      { ...parts, spec: { x: 1 } },
      { ...parts, seed: 2 },
      { ...parts, prepared: { ...prepared, evaluation: 'd' } },
    ];
    expect(new Set([key, ...others.map(studyKey)]).size).toBe(5);
  });
});

describe('a task', () => {
  let toy: ToyWorkspace;
  let folder: string;
  beforeAll(async () => {
    toy = await toyWorkspace();
    folder = await mkdtemp(join(tmpdir(), 'isthmus-study-'));
    const lines = ['user_id:token\titem_id:token\ttimestamp:float'];
    for (let user = 0; user < 6; user++)
      for (let event = 0; event < 5; event++) lines.push(`u${user}\ti${user + event}\t${event}`);
    await writeFile(join(folder, 'one.inter'), `${lines.join('\n')}\n`);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await toy.remove();
  });

  it('is trained and evaluated, kept, reported, and leaves no checkpoints', async () => {
    const place = studyPlace(join(folder, 'kept'));
    const one = { ...row('one'), folder: 'one.inter' };
    const prepared = await prepareRow(folder, folder, one, place);
    expect(await prepareRow(folder, folder, one, place)).toEqual(prepared);
    const path = place.dataFile('one');
    const kept = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...kept, badRows: 7 }));
    expect(await prepareRow(folder, folder, one, place)).toMatchObject({ badRows: 7 });
    const first = { ...one, firstOnly: true };
    expect(await prepareRow(folder, folder, first, place)).toMatchObject({ badRows: 0 });
    expect(await prepareRow(folder, folder, one, place)).toEqual(prepared);
    const task = { row: one, program: study.programs[0]!, seed: 1 };
    const options = { key: 'k'.repeat(64), place, bundleFile: toy.programPath };
    const entry = await runTask(task, { ...options, signal: new AbortController().signal });
    expect(await readEntry(place.entryFile(options.key))).toEqual(entry);
    expect(entry).toMatchObject({ row: 'one', program: 'toy', seed: 1, steps: 6 });
    expect(await readdir(join(folder, 'kept', 'runs')).catch(() => [])).toEqual([]);
    expect(await openObjectStore(place.objectsUrl).has(entry.modelDigest)).toBe(true);

    const peer = { ...entry, program: 'count' };
    const trial = { program: 'toy', data: prepared.interactions.object, seed: 1, cpuSeconds: 1 };
    const trials = [{ rate: 1 }, { rate: 2 }, { rate: 2 }].map((configuration) => ({
      ...trial,
      configuration,
      programDigest: '',
      validation: {},
      modelDigest: '',
    }));
    const rows = await compareStudy(
      { ...study, rows: [one] },
      { entries: [entry, peer], prepared: new Map([['one', prepared]]), trials, place },
    );
    const report = studyReport(study, rows, ['two toy 1: not reached in time']);
    expect(report.rows[0]).toMatchObject({ row: 'one', model: 'toy', trials: 2, users: 6 });
    expect(report.rows[1]).toMatchObject({ model: 'count', trials: 1, 'recall@50 minus toy': 0 });
    expect(report.tables!.map(({ title }) => title)).toEqual([
      'one: 6 users, leave-last-out',
      expect.stringContaining('one: recall@50 of groups'),
    ]);
    expect(report.notes!.at(-1)).toContain('1 of the study’s runs have no result yet');
    expect(report.measured['rows-won']).toBeUndefined();
    expect(JSON.parse(await readFile(place.partitionFile('one'), 'utf8'))).toHaveProperty('key');
  });

  it('says why it failed, and is not kept', async () => {
    const place = studyPlace(join(folder, 'failed'));
    const one = { ...row('one'), folder: 'one.inter' };
    await prepareRow(folder, folder, one, place);
    const task = { row: one, program: program('toy', { spec: { steps: -1 } }), seed: 1 };
    const signal = new AbortController().signal;
    const failed = runTask(task, { key: 'f', place, bundleFile: toy.programPath, signal });
    await expect(failed).rejects.toThrow('steps must be a number above 0');
    expect(await readEntry(place.entryFile('f'))).toBeUndefined();
  });
});

describe('measuredBars', () => {
  const model = (name: string, recall: number, more: Partial<ComparedModel> = {}): ComparedModel => ({
    name,
    seeds: 3,
    masked: {
      'recall@50': { mean: recall, deviation: 0 },
      'novelRecall@50': { mean: recall / 2, deviation: 0 },
    },
    unmasked: {},
    byHistoryLength: {},
    differences: {},
    evaluationCpuSeconds: 1,
    ...more,
  });
  const below = { estimate: -0.1, low: -0.2, high: -0.05 };
  const near = { estimate: -0.1, low: -0.2, high: 0.01 };
  const losing = (difference: typeof below) => ({
    differences: { 'recall@50': difference, 'ndcg@20': below },
  });
  const compared = (name: string, models: ComparedModel[]): ComparedRow => ({
    row: row(name),
    comparison: { models } as unknown as RetrievalComparison,
    programs: new Map(
      models.map((one) => [
        one.name,
        {
          program: bars.programs.find((own) => own.name === one.name)!,
          trainCpuSeconds: 7,
          entries: [{ figures: { perplexity: name === 'two' ? 0.8 : 0.9, dead: 0 } }],
        } as unknown as ComparedProgram,
      ]),
    ),
  });
  const bars: Study = {
    ...study,
    rows: [row('beauty'), row('two')],
    programs: [
      program('gemirec', { role: 'ours' }),
      program('gemirec-k1', { role: 'ablation' }),
      program('gemirec-k4', { role: 'ablation' }),
      program('comirec-sa'),
    ],
  };
  const interests = (
    cosine: number,
    rank: number,
    jaccard: number,
  ): NonNullable<ComparedModel['interests']> => ({
    users: 5,
    interests: 4,
    uniqueInterests: 4,
    meanPairwiseCosine: cosine,
    effectiveRank: rank,
    listJaccard: jaccard,
    coverage: 1,
  });
  const beauty = compared('beauty', [
    model('gemirec', 0.4),
    model('gemirec-k1', 0.2),
    model('gemirec-k4', 0.3, { interests: interests(0.2, 3.8, 0.1) }),
    model('comirec-sa', 0.2, { ...losing(below), interests: interests(0.8, 2, 0.5) }),
  ]);
  const two = compared('two', [
    model('gemirec', 0.4),
    model('gemirec-k1', 0.4),
    model('gemirec-k4', 0.4),
    model('comirec-sa', 0.5, losing(near)),
  ]);

  it('counts rows that are won against every peer, and finds the worst margin', () => {
    const measured = measuredBars(bars, [beauty, two]);
    expect(measured['rows-won']).toBe(1);
    expect(measured['worst-row-margin']).toBeCloseTo(-0.2, 12);
    expect(measured['novel-recall-vs-best-peer']).toBeCloseTo(0.8, 12);
    expect(measured['recall50-gain-k1-to-k4']).toBeCloseTo(0.25, 12);
    expect(measured['beauty-loo-recall50']).toBe(0.4);
    expect(measured['train-cpu-seconds-beauty']).toBe(7);
    expect(measured['perplexity-over-codes-min']).toBe(0.8);
    expect(measured['dead-level1-codes']).toBe(0);
    expect(measured['cosine-vs-comirec-sa']).toBeCloseTo(0.25, 12);
    expect(measured['effective-rank-over-k']).toBeCloseTo(0.95, 12);
    expect(measured['list-jaccard-vs-comirec-sa']).toBeCloseTo(0.2, 12);
  });

  it('leaves out what is not measured on every row', () => {
    const measured = measuredBars(bars, [beauty]);
    expect(measured['rows-won']).toBeUndefined();
    expect(measured['recall50-gain-k1-to-k4']).toBeUndefined();
    expect(measured['novel-recall-vs-best-peer']).toBeUndefined();
    expect(measured['beauty-loo-recall50']).toBe(0.4);
  });
});
