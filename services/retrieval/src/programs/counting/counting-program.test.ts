import {
  createMemoryInputs,
  describeInteractions,
  type InputInfo,
  type Inputs,
  type JsonObject,
  leaveLastOut,
  type ModelFiles,
  openInteractions,
  type Plan,
  type ProgramBundle,
  simulate,
  smallSimulation,
  type TrainingState,
  validationCase,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openCountingModel } from '../../model/counting-model.js';
import { bundle as itemKnn } from '../item-knn.js';
import { bundle as markov } from '../markov.js';
import { bundle as popularity } from '../popularity.js';
import { bundle as recentPopularity } from '../recent-popularity.js';
import { bundle as sequenceRules } from '../sequence-rules.js';

const seed = new Uint8Array(32).fill(9);
const split = leaveLastOut(simulate(smallSimulation).data, { targetDomain: 'films' });
const description = describeInteractions(split.training, { targetDomain: 'films', split: split.split });
const record = (size: number) => ({ size, root: '', description });
const info: InputInfo = {
  records: {
    interactions: record(split.training.users.length),
    items: record(split.training.catalogue.items.length),
  },
  artefacts: {},
};
const inputs = (): Inputs => createMemoryInputs(split.training, description);

interface Run {
  readonly plan: Plan;
  readonly states: readonly TrainingState[];
  readonly files: ModelFiles;
}

function run(bundle: ProgramBundle, spec: JsonObject): Run {
  const plan = bundle.program.plan(spec, info);
  const read = inputs();
  let state = bundle.program.initialize(plan, seed, read);
  const states = [copyOf(state)];
  while (!bundle.program.finished(plan, state)) {
    state = bundle.program.advance(plan, seed, state, read);
    states.push(copyOf(state));
  }
  return { plan, states, files: bundle.program.export(plan, state) };
}

const programs = [
  ['popularity', popularity, {}],
  ['recent-popularity', recentPopularity, {}],
  ['item-knn', itemKnn, {}],
  ['item-knn', itemKnn, { recencyDays: 30 }],
  ['markov', markov, {}],
  ['sequence-rules', sequenceRules, { recencyDays: 30, recencyWeight: 0.5 }],
] as const;

describe.each(programs)('the counting program %s', (_name, bundle: ProgramBundle, spec: JsonObject) => {
  let whole: Run;
  beforeAll(async () => {
    await bundle.prepare();
    whole = run(bundle, { ...spec, usersPerStep: 97, countValidation: true });
  });

  it('gives the same bytes from every state in the middle', () => {
    for (const middle of [1, 3, whole.states.length - 2]) {
      const read = inputs();
      let state = copyOf(whole.states[middle]!);
      while (!bundle.program.finished(whole.plan, state))
        state = bundle.program.advance(whole.plan, seed, state, read);
      expect(state.step).toBe(whole.plan.maxSteps);
      expect(bytesOf(bundle.program.export(whole.plan, state))).toEqual(bytesOf(whole.files));
    }
  });

  it('gives the same bytes however many users a step counts', () => {
    const parts = run(bundle, { ...spec, usersPerStep: 13, countValidation: true });
    expect(bytesOf(parts.files)).toEqual(bytesOf(whole.files));
  });

  it('says how good it is on the validation part, and learns nothing from that unless told', () => {
    const { plan, states, files } = run(bundle, spec);
    const { figures } = bundle.program.progress(plan, states.at(-1)!);
    expect(Object.keys(figures)).toEqual(['ndcg@20', 'recall@20', 'recall@50']);
    expect(figures['recall@50']).toBeGreaterThan(0);
    const data = openInteractions(inputs());
    let held = 0;
    for (let user = 0; user < data.users; user++) if (validationCase(data, user) !== undefined) held++;
    const eventsOf = (model: ModelFiles) =>
      openCountingModel(model).popularity.reduce((sum, n) => sum + n, 0);
    expect(held).toBeGreaterThan(0);
    expect(eventsOf(whole.files) - eventsOf(files)).toBe(held);
  });

  it('answers many requests as it answers one, with different items of the target domain', () => {
    const recommender = bundle.openRecommender!(whole.files, inputs());
    const data = openInteractions(inputs());
    const requests = [3, 1, 4].map((user) => ({
      record: user,
      excluded: new Set(data.history(user).items),
      timestampMs: data.history(user).timestampsMs.at(-1)! + 1,
    }));
    const lists = recommender.recommendMany!(requests, 10);
    requests.forEach(({ record: user, excluded }, place) => {
      const list = Array.from(lists[place]!);
      expect(list).toEqual(Array.from(recommender.recommend(user, 10, excluded)));
      expect(new Set(list).size).toBe(10);
      for (const item of list) {
        expect(excluded.has(item)).toBe(false);
        expect(data.item(item).domain).toBe(data.targetDomain);
      }
    });
  });

  it('names what is wrong with a specification', () => {
    expect(() => bundle.program.plan({ usersPerStep: 0, width: 3 }, info)).toThrow(/'width'.*'usersPerStep'/);
    expect(() => bundle.program.plan({}, { records: {}, artefacts: {} })).toThrow(
      "'interactions' and 'items'",
    );
  });
});

describe('recent popularity', () => {
  it('gives other lists at other moments', async () => {
    await recentPopularity.prepare();
    const { files } = run(recentPopularity, { windowBy: 'events', windowEvents: 20 });
    const recommender = recentPopularity.openRecommender!(files, inputs());
    const times = openCountingModel(files);
    if (times.scorer.kind !== 'recent-popularity') throw new Error('another scorer');
    const { timesMs } = times.scorer.timeline;
    const at = (timestampMs: number) =>
      Array.from(recommender.recommendMany!([{ record: 0, excluded: new Set(), timestampMs }], 10)[0]!);
    const early = at(timesMs[100]!);
    expect(at(timesMs.at(-1)! + 1)).not.toEqual(early);
    expect(at(timesMs[100]!)).toEqual(early);
  });
});

describe('openCountingModel', () => {
  let files: ModelFiles;
  beforeAll(async () => {
    await itemKnn.prepare();
    ({ files } = run(itemKnn, {}));
  });
  const withHeader = (change: object): ModelFiles => {
    const header = JSON.parse(new TextDecoder().decode(files.get('model.json')!)) as object;
    return new Map([
      ...files,
      ['model.json', new TextEncoder().encode(JSON.stringify({ ...header, ...change }))],
    ]);
  };

  it.each([
    [{ format: 'other' }, "'format'"],
    [{ scorer: 'magic' }, "'scorer'"],
    [{ scorer: 'recent-popularity' }, "'window'"],
    [{ targetDomain: 'opera' }, "'targetDomain'"],
    [{ decay: 2 }, "'decay'"],
    [{ shrinkage: -1 }, "'shrinkage'"],
    [{ recency: { weight: 1, pairFloor: 0 } }, "'recency'"],
    [{ recency: { weight: 1, pairFloor: 1 } }, "'window'"],
    [{ items: 3 }, 'list of 3 item ids'],
  ])('refuses a header with %j', (change, message) => {
    expect(() => openCountingModel(withHeader(change))).toThrow(message);
  });

  it('refuses a model without its tensors', () => {
    const missing = new Map([...files].filter(([name]) => name !== 'tensors.bin'));
    expect(() => openCountingModel(missing)).toThrow('no file tensors.bin');
  });
});

function copyOf(state: TrainingState): TrainingState {
  const tensors = [...state.tensors].map(
    ([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }] as const,
  );
  return { ...state, counters: new Map(state.counters), tensors: new Map(tensors) };
}

function bytesOf(files: ModelFiles): unknown {
  return [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]).sort();
}
