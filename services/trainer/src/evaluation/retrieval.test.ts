import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { DataFormatError } from '@isthmus/learning';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchEvaluation } from '../data/evaluation-object.js';
import { type PreparedData, prepareData, recordsOf } from '../data/prepare-data.js';
import { type ToyWorkspace, toyWorkspace } from '../testing/toy-workspace.js';
import { train } from '../training/train.js';
import { compareRetrievalRuns } from './compare-retrieval-runs.js';
import { comparisonLines } from './comparison-lines.js';
import { readRankedLists } from './read-ranked-lists.js';

const salt = new Uint8Array(32).fill(9);

/** Six users with five events each: user n takes the items n, n + 1, …; so the target of user n is the item n + 4. */
function eventLines(): string {
  const lines = ['user_id:token\titem_id:token\ttimestamp:float'];
  for (let user = 0; user < 6; user++)
    for (let event = 0; event < 5; event++) lines.push(`u${user}\ti${user + event}\t${event}`);
  return `${lines.join('\n')}\n`;
}

describe('measuring retrieval', () => {
  let toy: ToyWorkspace;
  let folder: string;
  let objects: ObjectStore;
  let prepared: PreparedData;
  let dataFile: string;

  beforeAll(async () => {
    toy = await toyWorkspace();
    folder = await mkdtemp(join(tmpdir(), 'isthmus-lists-'));
    objects = openObjectStore(toy.objectsUrl);
    await writeFile(join(folder, 'shop.inter'), eventLines());
    const source = { kind: 'files', paths: [join(folder, 'shop.inter')], salt } as const;
    prepared = await prepareData({ source, split: 'leave-last-out', objects });
    dataFile = join(folder, 'data.json');
    await writeFile(dataFile, JSON.stringify(prepared));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await toy.remove();
  });

  const listsIn = async (name: string, text: string | Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const compare = (runs: Parameters<typeof compareRetrievalRuns>[0]['runs'], baseline?: string) =>
    compareRetrievalRuns({
      objectsUrl: toy.objectsUrl,
      dataFile,
      runs,
      salt: async () => salt,
      ...(baseline === undefined ? {} : { baseline }),
    });

  describe('lists of somebody else', () => {
    it('are measured with and without the history, users without a list as 0', async () => {
      // u0: its target i4 third, behind two of its history; u1: its target first; nobody else.
      const path = await listsIn('lists.tsv', 'u0\ti0\ti1\ti4\nu1\ti5\ti9\n');
      const { comparisons } = await compare([{ path, lists: true, name: 'theirs' }]);
      const [model] = comparisons[0]!.models;
      expect(comparisons[0]).toMatchObject({ group: 'leave-last-out', users: 6, bins: { '1-4': 6 } });
      expect(model!.masked['recall@10']).toEqual({ mean: 2 / 6, deviation: 0 });
      expect(model!.masked['ndcg@10']!.mean).toBeCloseTo(2 / 6, 12);
      expect(model!.unmasked['ndcg@10']!.mean).toBeCloseTo((0.5 + 1) / 6, 12);
    });

    it('may be JSON lines, gzip, and hold users who are not evaluated', async () => {
      const path = await listsIn(
        'lists.jsonl.gz',
        gzipSync('{"user":"u0","items":["i4"]}\n\n{"user":"u5","items":["i9","i8"]}\n'),
      );
      const read = await readRankedLists(objects, prepared, { path, salt });
      expect(read).toMatchObject({ users: 6, withoutList: 4, unused: 0, shortest: 1 });
    });

    it.each([
      ['u9\ti1', "row 1, column 'user': 'u9' is no user of the data"],
      ['u0\ti1\nu0\ti2', "row 2, column 'user': 'u0' has a list already"],
      ['u0\ti1\tx7', "row 1, column 'item 2': 'x7' is no item of the target domain"],
      ['u0\ti1\ti2\ti1', "row 1, column 'item 3': 'i1' stands in the list twice"],
      ['\ti1', "row 1, column 'user': the first column is empty"],
      ['{"user":3,"items":[]}', 'row 1: is not of the form'],
      ['{"user":"u0","items":["i1"', 'row 1: is not of the form'],
      [`u0${'\ti1'.repeat(10_001)}`, 'has 10001 items, at most 10000 are read'],
      [`u0\t${'i'.repeat(2_000_000)}`, 'has a line of more than'],
    ])('are refused with the line that is wrong: %.30j', async (text, message) => {
      const path = await listsIn('bad.tsv', text);
      const failed = readRankedLists(objects, prepared, { path, salt });
      await expect(failed).rejects.toThrow(DataFormatError);
      await expect(failed).rejects.toThrow(message);
    });

    it('are nobody’s under another salt', async () => {
      const path = await listsIn('lists.tsv', 'u0\ti4\n');
      const other = readRankedLists(objects, prepared, { path, salt: new Uint8Array(32) });
      await expect(other).rejects.toThrow("'u0' is no user");
    });
  });

  it('compares seeds of a model with a baseline, each model in a process of its own', async () => {
    const inputs = { records: recordsOf(prepared) };
    const files = await Promise.all(
      [1, 2].map(async (seed) => {
        const spec = { steps: 5, segmentSteps: 5 };
        const result = await train({ program: { path: toy.programPath }, spec, inputs, objects, seed });
        const path = join(folder, `toy-${seed}.json`);
        await writeFile(path, JSON.stringify(result));
        return path;
      }),
    );
    const { targets } = await fetchEvaluation(objects, prepared.evaluation);
    expect(targets[0]!.users.map((user) => user.targets.length)).toEqual([1, 1, 1, 1, 1, 1]);
    const best = await listsIn(
      'best.tsv',
      Array.from({ length: 6 }, (_, n) => `u${n}\ti${n + 4}\n`).join(''),
    );
    const { comparisons, evaluations } = await compare(
      [...files.map((path) => ({ path })), { path: best, lists: true, name: 'best' }],
      'toy',
    );
    expect(evaluations.get('toy')!.map(({ program }) => program)).toEqual(['toy', 'toy']);
    const [toyModel, bestModel] = comparisons[0]!.models;
    expect(toyModel).toMatchObject({ name: 'toy', seeds: 2, differences: {} });
    expect(bestModel!.masked['recall@10']!.mean).toBe(1);
    const { estimate, low, high } = bestModel!.differences['ndcg@20']!;
    expect(estimate).toBeCloseTo(1 - toyModel!.masked['ndcg@20']!.mean, 12);
    expect(low <= estimate && estimate <= high).toBe(true);
    expect(comparisonLines(comparisons[0]!).join('\n')).toMatch(/difference to toy[\s\S]*best +\+/);

    // Hits that were kept are measured again without the model.
    const kept = await listsIn('kept.json', JSON.stringify(evaluations.get('toy')![0]));
    const again = await compare([{ path: kept, name: 'kept' }]);
    expect(again.comparisons[0]!.models[0]!.masked['recall@50']!.mean).toBeCloseTo(
      toyModel!.masked['recall@50']!.mean,
      0,
    );
  });

  it('says what cannot be compared', async () => {
    const path = await listsIn('lists.tsv', 'u0\ti4\n');
    await expect(compare([{ path, lists: true }], 'other')).rejects.toThrow("there is no run 'other'");
    const nothing = await listsIn('nothing.json', '{}');
    await expect(compare([{ path: nothing }])).rejects.toThrow('neither the result of a training');
    const inputs = { records: { interactions: toy.interactions } };
    const spec = { steps: 5, segmentSteps: 5 };
    const other = await train({ program: { path: toy.programPath }, spec, inputs, objects, seed: 1 });
    const foreign = await listsIn('foreign.json', JSON.stringify(other));
    await expect(compare([{ path: foreign }])).rejects.toThrow('trained on other data');
  });
});
