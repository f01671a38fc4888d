import {
  createMemoryInputs,
  createRandom,
  describeInteractions,
  float32Tensor,
  simulate,
  smallSimulation,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { tensorNames } from '../../model/model-parts.js';
import { integers } from '../../model/tensor-map.js';
import { ceCdrProgram } from './ce-cdr-program.js';
import { type BatchFigures, differentiateBatch } from './differentiate-batch.js';
import { sampleTensors } from './label-phase.js';
import { type PhaseContext, phaseContext } from './phase.js';
import { readSample, type Sample } from './sample.js';

const seed = new Uint8Array(32).fill(9);
const causalWeight = 0.7;
let context: PhaseContext;
let samples: Sample[];

beforeAll(() => {
  const { data } = simulate({ ...smallSimulation, users: 80 });
  const description = describeInteractions(data, { targetDomain: data.catalogue.domains[1]!, split: {} });
  const inputs = createMemoryInputs(data, description);
  const set = (size: number) => ({ size, root: '', description });
  const plan = ceCdrProgram.plan(
    { dim: 4, rank: 3, contentDim: 3, contentSteps: 20, graphRegularisation: 2, batch: 32, causalWeight },
    {
      records: { interactions: set(data.users.length), items: set(data.catalogue.items.length) },
      artefacts: {},
    },
  );
  let state = ceCdrProgram.initialize(plan, seed, inputs);
  // A few steps of training, so that no parameter is where its derivative vanishes.
  for (let trained = 0; trained < 5; state = ceCdrProgram.advance(plan, seed, state, inputs)) {
    if (state.phase === 'train') trained++;
  }
  context = phaseContext(plan, seed, state, inputs);
  const records = integers(state.tensors, sampleTensors.trainingRecords);
  const positions = integers(state.tensors, sampleTensors.trainingPositions);
  const random = createRandom(seed, 'negatives');
  samples = [0, 9, 20].map((at) => readSample(context, records[at]!, positions[at]!, random));
});

describe('differentiateBatch', () => {
  const whole = ({ loss, causalLoss }: BatchFigures) => loss + causalWeight * causalLoss;
  const base = ({ baseLoss }: BatchFigures) => baseLoss;
  it.each([
    ['the scorer’s source projection', tensorNames.scorerSource, whole],
    ['the scorer’s target projection', tensorNames.scorerTarget, whole],
    ['the scorer’s user projection', tensorNames.scorerUser, whole],
    ['recency', tensorNames.scorerRecency, whole],
    ['similarity', tensorNames.scorerSimilarity, whole],
    ['potency', tensorNames.scorerPotency, whole],
    ['the plugin’s map', tensorNames.pluginMap, whole],
    ['the plugin’s weights', tensorNames.pluginWeights, whole],
    ['the base head’s map', tensorNames.baseMap, base],
    ['the base head’s weights', tensorNames.baseWeights, base],
    ['popularity', tensorNames.basePopularity, base],
  ] as const)('has the derivatives of differences for %s', (_, name, objective) => {
    const tensor = float32Tensor(context.state, name);
    const gradient = denseGradient(name, tensor.length);
    const entries = [...gradient.keys()]
      .filter((entry) => gradient[entry] !== 0)
      .filter((_entry, at, all) => at % Math.ceil(all.length / 8) === 0);
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      const kept = tensor[entry]!;
      const side = (step: number) => {
        tensor[entry] = kept + step;
        return { at: tensor[entry]!, value: objective(run().figures) };
      };
      const [above, below] = [side(2 ** -10), side(-(2 ** -10))];
      tensor[entry] = kept;
      expect(gradient[entry]).toBeCloseTo((above.value - below.value) / (above.at - below.at), 6);
    }
  });

  it('lets the second head teach the base head nothing', () => {
    const before = run().gradient.base;
    float32Tensor(context.state, tensorNames.pluginWeights)[0] = 7;
    expect(run().gradient.base).toEqual(before);
  });
});

function run() {
  return differentiateBatch(context, samples, (at) => createRandom(seed, 'coins', at));
}

function denseGradient(name: string, length: number): number[] {
  const { gradient } = run();
  const { base, plugin, scorer } = gradient;
  if (name === tensorNames.scorerPotency) {
    const sums = new Array<number>(length).fill(0);
    for (const [at, item] of scorer.potencyItems.entries()) {
      sums[item] = sums[item]! + scorer.potencyValues[at]!;
    }
    return sums;
  }
  const tables: { readonly [tensor: string]: Float64Array } = {
    [tensorNames.scorerSource]: scorer.source,
    [tensorNames.scorerTarget]: scorer.target,
    [tensorNames.scorerUser]: scorer.user,
    [tensorNames.scorerRecency]: scorer.recency,
    [tensorNames.scorerSimilarity]: scorer.similarity,
    [tensorNames.pluginMap]: plugin.map,
    [tensorNames.pluginWeights]: plugin.weights,
    [tensorNames.baseMap]: base.map,
    [tensorNames.baseWeights]: base.weights,
    [tensorNames.basePopularity]: base.popularity,
  };
  return Array.from(tables[name]!);
}
