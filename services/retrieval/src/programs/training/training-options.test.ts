import {
  createMemoryInputs,
  describeInteractions,
  type ModelFiles,
  openInteractions,
  type Plan,
  type ProgramBundle,
  simulate,
  smallSimulation,
  splitMesh,
  type TrainingState,
  uint32Tensor,
  withoutValidation,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openRetrievalModel, type RetrievalModel } from '../../model/open-retrieval-model.js';
import { bundle as gemirec } from '../gemirec.js';
import { bundle as sasrec } from '../sasrec.js';
import { itemVectorsOf } from './item-vectors.js';

const seed = new Uint8Array(32).fill(3);
const small = {
  dim: 8,
  hidden: 12,
  batchSize: 64,
  uniformNegatives: 32,
  batchNegatives: 32,
  maxLength: 8,
  warmUpSteps: 4,
  maxEpochs: 2,
  evaluateEpochs: 1,
};

const mesh = splitMesh(simulate(smallSimulation).data, { targetDomain: 'films', seed: 1 });
const description = describeInteractions(mesh.training, { targetDomain: 'films', split: mesh.split });
const inputs = createMemoryInputs(mesh.training, description);
const data = openInteractions(inputs);
const items = mesh.training.catalogue.items;
const targets = items.filter(({ domain }) => domain === data.targetDomain).length;

async function train(
  bundle: ProgramBundle,
  spec: object,
): Promise<{ plan: Plan; state: TrainingState; files: ModelFiles }> {
  const record = (size: number) => ({ size, root: '', description });
  const records = { interactions: record(mesh.training.users.length), items: record(items.length) };
  await bundle.prepare();
  const plan = bundle.program.plan({ ...small, ...spec }, { records, artefacts: {} });
  let state = bundle.program.initialize(plan, seed, inputs);
  while (!bundle.program.finished(plan, state)) state = bundle.program.advance(plan, seed, state, inputs);
  expect(state.step).toBeLessThanOrEqual(plan.maxSteps);
  return { plan, state, files: bundle.program.export(plan, state) };
}

describe.each([
  ['gemirec', gemirec, { codes: [4, 3], interests: 3, dictionarySteps: 3 }],
  ['sasrec', sasrec, {}],
] as const)('histories of all domains in %s', (_name, bundle: ProgramBundle, spec) => {
  let files: ModelFiles;
  let model: RetrievalModel;

  beforeAll(async () => {
    ({ files } = await train(bundle, { ...spec, histories: 'all' }));
    model = openRetrievalModel(files);
  });

  it('know the items of other domains as tokens, by domain and id', () => {
    expect(model.header.otherItems).toBe(items.length - targets);
    const row = model.itemIds.length;
    const other = items[model.historyItems[row]!]!;
    expect(other.domain).not.toBe(data.targetDomain);
    expect(model.historyRowOf(description.domains[other.domain]!, other.itemId)).toBe(row);
    expect(model.historyRowOf('films', model.itemIds[0]!)).toBe(0);
  });

  it('rank, list and search those of the target domain alone', () => {
    expect(model.itemIds).toHaveLength(targets);
    expect(model.itemVectors).toHaveLength(targets * model.vectorLength);
    expect(model.catalogueItems).toHaveLength(targets);
    const recommender = bundle.openRecommender!(files, inputs);
    for (const item of recommender.recommend(0, 50, new Set()))
      expect(items[item]!.domain).toBe(data.targetDomain);
  });

  it('change what is answered', () => {
    const source = Uint32Array.of(model.itemIds.length, model.itemIds.length + 1);
    const [with_, without] = [[...source, 1], [1]].map(
      (history) => model.network.encode([{ history }], { interests: 3 })[0]!.queries,
    );
    expect(Array.from(with_!)).not.toEqual(Array.from(without!));
  });
});

describe('content', () => {
  it('is a part of the item vectors, and what unseen items are placed by', async () => {
    const { state, files } = await train(sasrec, { prior: false });
    const model = openRetrievalModel(files);
    expect(Array.from(model.itemVectors)).toEqual(Array.from(itemVectorsOf(state, 'model/')));
    expect(Array.from(model.itemVectors)).not.toEqual(Array.from(state.tensors.get('model/items')!.data));
    const row = model.itemIds.findIndex((_, at) => items[model.catalogueItems[at]!]!.tokens.length > 1);
    const { category, tokens, domain } = items[model.catalogueItems[row]!]!;
    expect(domain).toBe(data.targetDomain);
    const free = state.tensors.get('model/items')!.data as Float32Array;
    const counts = uint32Tensor(state, 'catalogue/counts');
    const placed = model.encodeItem({ category, tokens })!;
    placed.forEach((value, i) => {
      const seen = Array.from(counts.keys()).filter((at) => counts[at]! > 0);
      const neutral = seen.reduce((sum, at) => sum + free[at * 8 + i]!, 0) / seen.length;
      expect(value - neutral).toBeCloseTo(model.itemVectors[row * 8 + i]! - free[row * 8 + i]!, 4);
    });
    expect(model.encodeItem({ category: '', tokens: ['unheard of'] })).toBeUndefined();
  });

  it('leaves the vectors free where it is off', async () => {
    const { state, files } = await train(sasrec, { content: false, prior: false });
    expect(state.tensors.has('model/content')).toBe(false);
    expect(Array.from(openRetrievalModel(files).itemVectors)).toEqual(
      Array.from(state.tensors.get('model/items')!.data),
    );
  });
});

describe('the prior', () => {
  it('counts what may be learnt from, and nothing that is held back', async () => {
    const { state } = await train(sasrec, { content: false });
    const { data: offsets } = state.tensors.get('prior/offsets')!;
    const columns = uint32Tensor(state, 'prior/columns');
    const rowOf = new Map(Array.from(uint32Tensor(state, 'catalogue/items'), (item, row) => [item, row]));
    const pairs = new Set<string>();
    const learnt = withoutValidation(data);
    for (let record = 0; record < data.users; record++) {
      const { items: taken, domains } = learnt.history(record);
      const rows = Array.from(taken)
        .filter((_, i) => domains[i] === data.targetDomain)
        .map((item) => rowOf.get(item)!);
      rows.forEach((row, i) => {
        for (const next of rows.slice(i + 1, i + 11)) pairs.add(`${row} ${next}`);
      });
    }
    const counted = Array.from({ length: targets }, (_, row) =>
      Array.from(columns.subarray(offsets[row]!, offsets[row + 1]!), (column) => `${row} ${column}`),
    ).flat();
    expect(new Set(counted)).toEqual(pairs);
  });

  it('is added to the scores with the weights of the header', async () => {
    const { state, plan } = await train(sasrec, { content: false });
    const filesWith = (transitions: number): ModelFiles => {
      state.counters.set('prior/transitions', transitions);
      state.counters.set('prior/popularity', 0);
      return sasrec.program.export(plan, state);
    };
    const model = openRetrievalModel(filesWith(1000));
    const [first] = sasrec.openRecommender!(filesWith(1000), inputs).recommend(0, 10, new Set());
    const [plain] = sasrec.openRecommender!(filesWith(0), inputs).recommend(0, 10, new Set());
    const history = data.history(0);
    const rows = Array.from(history.items)
      .filter((_, i) => history.domains[i] === data.targetDomain)
      .map((item) => model.catalogueItems.indexOf(item));
    const bonus = model.prior!.bonus(rows, 0);
    expect(bonus[model.catalogueItems.indexOf(first!)]).toBe(Math.max(...bonus));
    expect(bonus[model.catalogueItems.indexOf(plain!)]).toBeLessThan(Math.max(...bonus));
    expect(model.prior!.causes(rows, model.catalogueItems.indexOf(first!)).length).toBeGreaterThan(0);
    expect(openRetrievalModel(filesWith(0)).prior).toBeUndefined();
  });

  it('is refused where its weights are no numbers', async () => {
    const { files } = await train(sasrec, { content: false });
    const header = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as object;
    const prior = { transitions: 'much', popularity: 0, halfLifeMs: 1 };
    const json = new TextEncoder().encode(JSON.stringify({ ...header, prior }));
    expect(() => openRetrievalModel(new Map([...files, ['model.json', json]]))).toThrow("no valid 'prior'");
  });
});
