import { memory, prepareKernels } from '@isthmus/kernels';
import {
  createMemoryInputs,
  createRandom,
  describeInteractions,
  float32Tensor,
  simulate,
  smallSimulation,
  softplus,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';

import type { ClickQuery } from '../../model/click-batch.js';
import { ClickNetwork } from '../../model/click-network.js';
import { tensorNames } from '../../model/model-parts.js';
import { integers } from '../../model/tensor-map.js';
import { ceCdrProgram } from './ce-cdr-program.js';
import { sampleTensors } from './label-phase.js';
import { type PhaseContext, phaseContext } from './phase.js';
import { readSample, recentMs } from './sample.js';
import { type BatchFigures, differentiateBatch, trainingBatch } from './training-step.js';

const seed = new Uint8Array(32).fill(9);
const causalWeight = 0.7;
let context: PhaseContext;
let samples: ClickQuery[];

beforeAll(async () => {
  await prepareKernels();
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

describe('a step of the joint training', () => {
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
    // The largest ones: what float32 rounds off is small against them.
    const entries = [...gradient.keys()]
      .sort((a, b) => Math.abs(gradient[b]!) - Math.abs(gradient[a]!))
      .slice(0, 8)
      .filter((entry) => gradient[entry] !== 0);
    expect(Math.abs(gradient[entries[0]!]!)).toBeGreaterThan(1e-3);
    for (const entry of entries) {
      const kept = tensor[entry]!;
      const side = (step: number) => {
        tensor[entry] = kept + step;
        return { at: tensor[entry]!, value: objective(run().figures) };
      };
      const [above, below] = [side(2 ** -7), side(-(2 ** -7))];
      tensor[entry] = kept;
      const numeric = (above.value - below.value) / (above.at - below.at);
      expect(Math.abs(gradient[entry]! - numeric)).toBeLessThan(5e-5 + 0.01 * Math.abs(numeric));
    }
  });

  it('lets the second head teach the base head nothing', () => {
    const ofBase = () =>
      [tensorNames.baseMap, tensorNames.baseWeights, tensorNames.basePopularity].map((name) =>
        Array.from(run().gradients.get(name) as Float32Array),
      );
    const before = ofBase();
    float32Tensor(context.state, tensorNames.pluginWeights)[0] = 7;
    expect(ofBase()).toEqual(before);
  });

  it('differentiates the function that is served, which gives a user the same bits alone, in a batch and from a plan', () => {
    const network = new ClickNetwork(context.shape, context.state.tensors, recentMs(context));
    const together = network.logits(samples);
    for (const head of ['targetOnly', 'withRepresentation'] as const) {
      for (let times = 0; times < 3; times++) {
        const alone = samples.flatMap((sample) => Array.from(network.logits([sample])[head]));
        expect(alone).toEqual(Array.from(together[head]));
      }
    }
    network.dispose();
    const candidates = samples[0]!.candidates.length;
    const logLoss = (logits: Float32Array) =>
      logits.reduce((sum, x, at) => sum + softplus(x) - (at % candidates === 0 ? x : 0), 0) / logits.length;
    const { baseLoss, loss } = run().figures;
    expect(baseLoss).toBeCloseTo(logLoss(together.targetOnly), 5);
    expect(loss).toBeCloseTo(logLoss(together.withRepresentation), 5);
  });

  it('leaves no tensor behind', () => {
    run();
    expect(memory().numTensors).toBe(0);
  });

  it('takes a batch in which nobody has a source event', () => {
    const lonely = samples.map((sample) => ({ ...sample, sourceItems: new Uint32Array(0) }));
    const { figures, gradients } = differentiateBatch(
      context,
      trainingBatch(context, lonely, (at) => createRandom(seed, 'coins', at)),
    );
    expect(figures.loss).toBe(figures.baseLoss);
    expect([figures.causalLoss, figures.gate]).toEqual([0, 0]);
    expect(Array.from(gradients.get(tensorNames.scorerSource) as Float32Array).every((g) => g === 0)).toBe(
      true,
    );
  });
});

function run() {
  return differentiateBatch(
    context,
    trainingBatch(context, samples, (at) => createRandom(seed, 'coins', at)),
  );
}

function denseGradient(name: string, length: number): number[] {
  const gradient = run().gradients.get(name)!;
  if (!('rows' in gradient)) return Array.from(gradient);
  const dense = new Array<number>(length).fill(0);
  gradient.rows.forEach((row, at) => {
    dense[row] = gradient.values[at]!;
  });
  return dense;
}
