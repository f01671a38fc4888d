import {
  createMemoryInputs,
  describeInteractions,
  encodeRepresentationVectors,
  type InputInfo,
  type Inputs,
  type ModelFiles,
  type Plan,
  type ProgramBundle,
  simulate,
  smallSimulation,
  splitMesh,
  type TrainingState,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openRetrievalModel } from '../../model/open-retrieval-model.js';
import { parseRetrievalHeader } from '../../model/retrieval-header.js';
import { bundle as comirecDr } from '../comirec-dr.js';
import { bundle as comirecSa } from '../comirec-sa.js';
import { bundle as gemirec } from '../gemirec.js';
import { bundle as mind } from '../mind.js';
import { bundle as popularity } from '../popularity.js';
import { bundle as remi } from '../remi.js';
import { bundle as sasrec } from '../sasrec.js';
import { bundle as twoTower } from '../two-tower.js';
import { networkOf } from './state-network.js';

const seed = new Uint8Array(32).fill(9);
const digest = 'ab'.repeat(32);
const small = { dim: 8, hidden: 12, batchSize: 64, uniformNegatives: 32, batchNegatives: 32, maxLength: 8 };
const spec = {
  ...small,
  codes: [4, 3],
  interests: 3,
  warmUpSteps: 4,
  maxEpochs: 4,
  evaluateEpochs: 1,
  dictionarySteps: 3,
};

const mesh = splitMesh(simulate(smallSimulation).data, { targetDomain: 'films', seed: 1 });
const description = describeInteractions(mesh.training, { targetDomain: 'films', split: mesh.split });

/** Target events before each record. */
const eventOffsets = [0];
for (const { history } of mesh.training.users) {
  const events = history.domains.filter((domain) => description.domains[domain] === 'films').length;
  eventOffsets.push(eventOffsets.at(-1)! + events);
}

function inputsOf(): { inputs: Inputs; info: InputInfo } {
  const users = mesh.training.users.length;
  const files = encodeRepresentationVectors({
    dim: 4,
    offsets: Uint32Array.from({ length: users + 1 }, (_, i) => i),
    cutMs: new Float64Array(users).fill(Number.POSITIVE_INFINITY),
    gates: new Float32Array(users).fill(0.5),
    vectors: Float32Array.from({ length: users * 4 }, (_, i) => ((i * 31) % 17) / 17),
    eventOffsets: Uint32Array.from(eventOffsets),
    events: new Float32Array(eventOffsets.at(-1)! * 4).fill(0.1),
    items: Float32Array.from(
      { length: mesh.training.catalogue.items.length * 4 },
      (_, i) => ((i * 13) % 11) / 22,
    ),
  });
  const record = (size: number) => ({ size, root: '', description });
  return {
    inputs: createMemoryInputs(mesh.training, description, { representation: { digest, files } }),
    info: {
      records: { interactions: record(users), items: record(mesh.training.catalogue.items.length) },
      artefacts: { representation: { digest } },
    },
  };
}

describe.each([
  ['gemirec', gemirec, spec],
  ['gemirec with a tree', gemirec, { ...spec, dictionary: 'tree', interestEmbedding: 'sum' }],
  ['gemirec with codes by gradient', gemirec, { ...spec, codes: [], codeLearning: 'gradient', maxEpochs: 3 }],
  ['two-tower', twoTower, { ...small, warmUpSteps: 4, maxEpochs: 3, evaluateEpochs: 1 }],
  ['sasrec', sasrec, { ...small, maxEpochs: 3, evaluateEpochs: 1 }],
  ['comirec-sa', comirecSa, { ...small, interests: 2, maxEpochs: 3, evaluateEpochs: 1 }],
  ['comirec-dr', comirecDr, { ...small, interests: 2, maxEpochs: 3, evaluateEpochs: 1 }],
  ['mind', mind, { ...small, interests: 2, maxEpochs: 3, evaluateEpochs: 1 }],
  ['remi', remi, { ...small, interests: 2, maxEpochs: 3, evaluateEpochs: 1, batchNegatives: 0 }],
  ['popularity', popularity, { usersPerStep: 100 }],
] as const)('the program %s', (name, bundle: ProgramBundle, programSpec) => {
  let plan: Plan;
  let whole: TrainingState;
  let middle: TrainingState;
  let files: ModelFiles;

  beforeAll(async () => {
    await bundle.prepare();
    const { inputs, info } = inputsOf();
    plan = bundle.program.plan(programSpec, info);
    whole = bundle.program.initialize(plan, seed, inputs);
    const half = Math.floor(plan.maxSteps / 2);
    while (!bundle.program.finished(plan, whole)) {
      if (whole.step <= half) middle = copyOf(whole);
      whole = bundle.program.advance(plan, seed, whole, inputs);
    }
    files = bundle.program.export(plan, whole);
  });

  it('ends within its plan', () => {
    expect(whole.step).toBeLessThanOrEqual(plan.maxSteps);
    expect(plan.segmentSteps).toBeGreaterThan(0);
  });

  it('gives the same state and the same files when it goes on from a copy of a state in the middle', () => {
    const { inputs } = inputsOf();
    let resumed = copyOf(middle);
    while (!bundle.program.finished(plan, resumed))
      resumed = bundle.program.advance(plan, seed, resumed, inputs);
    expect(fingerprint(resumed)).toEqual(fingerprint(whole));
    const again = bundle.program.export(plan, resumed);
    for (const [name, bytes] of files)
      expect(Buffer.from(again.get(name)!).equals(Buffer.from(bytes))).toBe(true);
  });

  it('recommends different items of the target domain and none that is excluded', () => {
    const { inputs } = inputsOf();
    const recommender = bundle.openRecommender!(files, inputs);
    const excluded = new Set([...recommender.recommend(0, 3, new Set())]);
    const list = recommender.recommend(0, 10, excluded);
    expect(new Set(list).size).toBe(10);
    for (const item of list) {
      expect(excluded.has(item)).toBe(false);
      expect(mesh.training.catalogue.items[item]!.domain).toBe(1);
    }
  });

  if (bundle === popularity) return;

  if (name.startsWith('gemirec')) {
    it('says how well its dictionary is used', () => {
      const { shape, dictionary, items } = parseRetrievalHeader(files.get('model.json')!);
      expect(dictionary!.levels.map(({ codes }) => codes)).toEqual(shape.codes);
      for (const { occupancy } of dictionary!.levels)
        expect(occupancy.reduce((sum, count) => sum + count, 0)).toBe(items);
      expect(dictionary!.levels[0]!.dead).toBe(0);
      expect(dictionary!.codeDistance).toBeGreaterThan(0);
      expect(dictionary!.fusionSigma).toBeGreaterThan(0);
      expect(whole.counters.get('dictionary/perplexity')).toBe(
        Math.min(...dictionary!.levels.map(({ perplexityShare }) => perplexityShare)),
      );
    });
  }

  it('serves the same bits as its own forward pass', () => {
    const model = openRetrievalModel(files);
    const { counters } = whole;
    const own = networkOf(
      whole,
      'model/',
      model.header.shape,
      counters.get('temperature')!,
      counters.get('interest-share')!,
    );
    const cross = { vector: Float32Array.of(0.1, 0.2, 0.3, 0.4), gate: 0.5 };
    const users = [
      { history: [1, 2, 3], cross },
      { history: [], cross },
    ];
    const [expected, actual] = [own, model.network].map((network) => network.encode(users, { interests: 3 }));
    expected!.forEach((user, i) => {
      expect(actual![i]!.interests).toEqual(user.interests);
      expect(Array.from(actual![i]!.queries)).toEqual(Array.from(user.queries));
    });
  });
});

describe('planning', () => {
  it('lists what is wrong with a specification', () => {
    const { info } = inputsOf();
    expect(() => gemirec.program.plan({ dim: 1, heads: 'two', width: 3 }, info)).toThrow(/dim.*|width/);
    expect(() => gemirec.program.plan({ dim: 10, heads: 4 }, info)).toThrow("'heads' has to divide 'dim'");
  });

  it('names the representation that it will read', () => {
    const { info } = inputsOf();
    expect(gemirec.program.plan({}, info).values.representationDigest).toBe(digest);
    expect(gemirec.program.plan({ crossDomain: false }, info).values.representationDigest).toBeNull();
  });
});

function copyOf(state: TrainingState): TrainingState {
  const tensors = [...state.tensors].map(
    ([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }] as const,
  );
  return {
    phase: state.phase,
    step: state.step,
    counters: new Map(state.counters),
    tensors: new Map(tensors),
  };
}

function fingerprint(state: TrainingState): unknown {
  const tensors = [...state.tensors].map(([name, { data }]) => {
    return [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')];
  });
  return {
    phase: state.phase,
    step: state.step,
    counters: [...state.counters].sort(),
    tensors: tensors.sort(),
  };
}
