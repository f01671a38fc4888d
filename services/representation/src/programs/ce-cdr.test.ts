import { Worker } from 'node:worker_threads';
import { prepareKernels } from '@isthmus/kernels';
import {
  createMemoryInputs,
  decodeRepresentationVectors,
  describeInteractions,
  type Inputs,
  type ModelFiles,
  type Plan,
  representationRow,
  type Simulation,
  simulate,
  smallSimulation,
  type TrainingState,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { rankAuc } from '../domain/rank-auc.js';
import { openRepresentationModel, type RepresentationModel } from '../model/open-model.js';
import { bundle } from './ce-cdr.js';

const { program } = bundle;
const seed = new Uint8Array(32).fill(3);
const spec = {
  dim: 8,
  rank: 8,
  contentDim: 8,
  contentSteps: 60,
  epochs: 8,
  batch: 64,
  graphRegularisation: 5,
  prototypes: 8,
  learningRate: 0.01,
};

let simulation: Simulation;
let inputs: Inputs;
let plan: Plan;
let files: ModelFiles;
let model: RepresentationModel;
/** State in the middle of the run, and bytes of the state at the end. */
let middle: TrainingState;
let last: TrainingState;

beforeAll(async () => {
  await bundle.prepare();
  simulation = simulate(smallSimulation);
  ({ inputs, plan } = prepare(simulation.data));
  let state = program.initialize(plan, seed, inputs);
  while (!program.finished(plan, state)) {
    if (state.phase === 'train' && middle === undefined && state.step > 100) middle = copy(state);
    state = program.advance(plan, seed, state, inputs);
  }
  last = state;
  files = program.export(plan, state);
  model = openRepresentationModel(files);
}, 180_000);

describe('the program ce-cdr', () => {
  it('reaches the same bytes from a state in the middle of the run, on two threads', async () => {
    const workers: Worker[] = [];
    const spawn = (source: string, workerData: unknown) => {
      workers.push(new Worker(source, { eval: true, workerData }));
    };
    await prepareKernels({ threads: 2, spawn, divideAll: true });
    let state = middle;
    while (!program.finished(plan, state)) state = program.advance(plan, seed, state, inputs);
    await prepareKernels({ threads: 1, spawn });
    await Promise.all(workers.map((worker) => worker.terminate()));
    expect(hexOf(program.export(plan, state))).toEqual(hexOf(files));
    expect(state.step).toBe(last.step);
    expect([...state.counters].sort()).toEqual([...last.counters].sort());
  });

  it('takes no more steps than its plan allows', () => {
    expect(last.step).toBeLessThanOrEqual(plan.maxSteps);
  });

  it('finds the causes of target events far better than chance, those that content does not show too', () => {
    const { all, hidden } = causalAuc();
    expect(all).toBeGreaterThan(0.65);
    expect(hidden).toBeGreaterThan(0.55);
  });

  it('serves the bits that it exported for all events', () => {
    const vectors = decodeRepresentationVectors((name) => files.get(name)!);
    for (const record of [0, 7, 40]) {
      const served = model.representUser(model.use(callerEvents(record), undefined), 0);
      const start = representationRow(vectors, record, Number.POSITIVE_INFINITY) * model.dim;
      expect(Array.from(served.vector)).toEqual(
        Array.from(vectors.vectors.subarray(start, start + model.dim)),
      );
      expect(Math.fround(served.gate)).toBe(vectors.gates[start / model.dim]);
    }
  });

  it('exports what is learnt from without what the user’s own events did to the items', () => {
    const vectors = decodeRepresentationVectors((name) => files.get(name)!);
    const record = 7;
    const events = callerEvents(record);
    const momentMs = events.filter(({ domain }) => domain === model.targetDomain).at(-1)!.timestampMs;
    const served = model.representUser(model.use(events, momentMs), 0);
    const row = representationRow(vectors, record, momentMs);
    const exported = vectors.vectors.subarray(row * model.dim, (row + 1) * model.dim);
    expect(Math.fround(served.gate)).toBe(vectors.gates[row]);
    expect(Array.from(exported)).not.toEqual(Array.from(served.vector));
    const dot = exported.reduce((sum, value, i) => sum + value * served.vector[i]!, 0);
    expect(dot / (Math.hypot(...exported) * Math.hypot(...served.vector))).toBeGreaterThan(0.8);
  });

  it('does not change what it says of a moment when events at or after it are added', () => {
    const events = callerEvents(5);
    const momentMs = events[Math.floor(events.length / 2)]!.timestampMs;
    const earlier = events.filter(({ timestampMs }) => timestampMs < momentMs);
    const items = [model.itemIndex(model.targetDomain, targetItemIds()[0]!)!];
    expect(model.scoreCausality(model.use(events, momentMs), items)).toEqual(
      model.scoreCausality(model.use(earlier), items),
    );
  });

  it('is exactly the base head for a user without source events', () => {
    const { data } = simulation;
    const lonely = {
      ...data,
      users: data.users.map(({ id, history }, record) =>
        record === 0
          ? {
              id,
              history: {
                ...history,
                domains: history.domains.map(() => plan.values.targetDomain as number),
                items: history.items.map(() => targetItems()[0]!),
              },
            }
          : { id, history },
      ),
    };
    const click = bundle.openClickModel!(files, prepare(lonely).inputs);
    for (const item of targetItems().slice(0, 20)) {
      const { targetOnly, withRepresentation } = click.predict(0, item, Number.MAX_SAFE_INTEGER);
      expect(withRepresentation).toBe(targetOnly);
    }
    const { vector, gate, causes } = model.representUser(model.use([]), 5);
    expect([gate, causes.length, vector.every((value) => value === 0)]).toEqual([0, 0, true]);
  });

  it('names the strongest causes first, by their place in the caller’s list', () => {
    const events = callerEvents(5);
    const used = model.use(events);
    const [first] = model.representCandidates(used, [targetItems()[3]!], 4);
    expect(first!.causes).toHaveLength(4);
    const probabilities = first!.causes.map(({ probability }) => probability);
    expect([...probabilities].sort((a, b) => b - a)).toEqual(probabilities);
    for (const { event } of first!.causes) expect(events[event]!.domain).not.toBe(model.targetDomain);
  });

  it('refuses candidates of another domain and files of another format', () => {
    const source = simulation.data.catalogue.items.findIndex(
      ({ domain }) => domain !== plan.values.targetDomain,
    );
    expect(() => model.scoreCausality(model.use([]), [source])).toThrow('not of the target domain');
    const other = new Map(files).set('model.json', new TextEncoder().encode('{"format":"other/v1"}'));
    expect(() => openRepresentationModel(other)).toThrow('isthmus-ce-cdr/v1');
    const cut = new Map(files).set('tensors.bin', files.get('tensors.bin')!.subarray(0, 100));
    expect(() => openRepresentationModel(cut)).toThrow('cut off');
  });

  it('says without items’ content that there is none, and still learns', () => {
    const { data } = simulation;
    const bare = {
      ...data,
      catalogue: {
        ...data.catalogue,
        items: data.catalogue.items.map((item) => ({
          ...item,
          category: '',
          tokens: [],
          numbers: new Float32Array(0),
        })),
      },
    };
    const run = prepare(bare, { epochs: 1 });
    let state = program.initialize(run.plan, seed, run.inputs);
    while (!program.finished(run.plan, state)) state = program.advance(run.plan, seed, state, run.inputs);
    expect(openRepresentationModel(program.export(run.plan, state)).header.hasContent).toBe(false);
  });

  it('lists everything that is wrong with a specification', () => {
    const { records, artefacts } = infoOf(simulation.data);
    expect(() => program.plan({ dim: 1, colour: 'red' }, { records, artefacts })).toThrow(/dim.*/s);
  });
});

function causalAuc(): { all: number; hidden: number } {
  const { truth } = simulation;
  const rows: { score: number; label: number; hidden: boolean }[] = [];
  for (const cause of truth.causes) {
    const used = model.use(callerEvents(cause.record), cause.targetTimestampMs);
    const { probabilities } = model.scoreCausality(used, [cause.targetItem]);
    for (const [at, event] of used.indices.entries()) {
      const label = event === cause.sourcePosition ? 1 : 0;
      rows.push({ score: probabilities[at]!, label, hidden: !cause.visible });
    }
  }
  const auc = (list: typeof rows) =>
    rankAuc(
      list.map(({ score }) => score),
      list.map(({ label }) => label),
    );
  return { all: auc(rows), hidden: auc(rows.filter(({ hidden }) => hidden)) };
}

function callerEvents(record: number) {
  const { catalogue, users } = simulation.data;
  const { history } = users[record]!;
  return Array.from({ length: history.length }, (_, position) => ({
    domain: catalogue.domains[history.domains[position]!]!,
    itemId: catalogue.items[history.items[position]!]!.itemId,
    timestampMs: history.timestampsMs[position]!,
  }));
}

function targetItems(): number[] {
  return [...simulation.data.catalogue.items.keys()].filter(
    (item) => simulation.data.catalogue.items[item]!.domain === plan.values.targetDomain,
  );
}

function targetItemIds(): string[] {
  return targetItems().map((item) => simulation.data.catalogue.items[item]!.itemId);
}

function infoOf(data: Simulation['data']) {
  const targetDomain = data.catalogue.domains[1]!;
  const description = describeInteractions(data, { targetDomain, split: {} });
  const set = (size: number) => ({ size, root: '', description });
  return {
    description,
    records: { interactions: set(data.users.length), items: set(data.catalogue.items.length) },
    artefacts: {},
  };
}

function prepare(data: Simulation['data'], more: Record<string, number> = {}) {
  const info = infoOf(data);
  return {
    inputs: createMemoryInputs(data, info.description),
    plan: program.plan({ ...spec, ...more }, info),
  };
}

function copy(state: TrainingState): TrainingState {
  return {
    phase: state.phase,
    step: state.step,
    counters: new Map(state.counters),
    tensors: new Map(
      [...state.tensors].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }]),
    ),
  };
}

function hexOf(exported: ModelFiles): Record<string, string> {
  return Object.fromEntries([...exported].map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]));
}
