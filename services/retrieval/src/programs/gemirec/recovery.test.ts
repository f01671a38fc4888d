import {
  createMemoryInputs,
  defaultSimulation,
  describeInteractions,
  normalisedMutualInformation,
  simulate,
  splitMesh,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openRetrievalModel, type RetrievalModel } from '../../model/open-retrieval-model.js';
import { bundle } from '../gemirec.js';

/** A world of the chain alone: what comes next depends on the cluster of the latest event and on nothing else. */
const world = {
  ...defaultSimulation,
  users: 1000,
  clusters: 8,
  targetItems: 160,
  sourceItems: 40,
  sourceEvents: [4, 5] as const,
  causedShare: 0,
  targetNoise: 0,
};
/** As many first codes as there are clusters, and a posterior of the very next item. */
const spec = {
  codes: [8, 4],
  window: 1,
  crossDomain: false,
  dim: 16,
  hidden: 32,
  dropout: 0.1,
  learningRate: 0.005,
  posteriorLoss: 1,
  historyDropout: 0,
  uniformNegatives: 64,
  batchNegatives: 64,
  hardNegatives: 4,
  interests: 4,
  warmUpSteps: 150,
  maxEpochs: 60,
  evaluateEpochs: 200,
  validationUsers: 50,
};
const domain = 'films';
const { data, truth } = simulate(world);
const mesh = splitMesh(data, { targetDomain: domain, seed: 1 });

describe('gemirec on a Markov chain over clusters (P11)', () => {
  let model: RetrievalModel;
  let clusters: number[];

  beforeAll(async () => {
    await bundle.prepare();
    const { program } = bundle;
    const description = describeInteractions(mesh.training, { targetDomain: domain, split: mesh.split });
    const inputs = createMemoryInputs(mesh.training, description, {});
    const record = (size: number) => ({ size, root: '', description });
    const records = { interactions: record(description.users), items: record(description.items) };
    const plan = program.plan(spec, { records, artefacts: {} });
    const seed = new Uint8Array(32).fill(1);
    let state = program.initialize(plan, seed, inputs);
    while (!program.finished(plan, state)) state = program.advance(plan, seed, state, inputs);
    model = openRetrievalModel(program.export(plan, state));
    clusters = Array.from(model.catalogueItems, (item) => truth.itemClusters[item]!);
  }, 300_000);

  it('finds the clusters as its first codes', () => {
    expect(normalisedMutualInformation(firstCodes(model), clusters)).toBeGreaterThan(0.95);
  });

  it('foresees the next cluster nearly as well as one who knows the chain', () => {
    const { own, oracle } = losses(model, clusters);
    expect(own).toBeLessThan(1.05 * oracle);
    expect(own).toBeLessThan(1.05 * truth.entropyRateNats);
    // A guess by how often clusters come is far from both.
    expect(Math.log(world.clusters)).toBeGreaterThan(1.3 * oracle);
  });
});

function firstCodes({ codes, itemIds }: RetrievalModel): number[] {
  return itemIds.map((_, row) => codes[row * 2]!);
}

/** Mean of -log P(cluster of the held-out event), by the model's posterior and by the world itself. */
function losses(model: RetrievalModel, clusters: readonly number[]): { own: number; oracle: number } {
  const codes = firstCodes(model);
  const events = new Map(truth.targetEvents.map((event) => [`${event.record} ${event.position}`, event]));
  const rowOf = new Map(Array.from(model.catalogueItems, (item, row) => [item, row]));
  const films = data.catalogue.domains.indexOf(domain);
  let own = 0;
  let oracle = 0;
  for (const { record } of mesh.warm.users) {
    const seen = mesh.training.users[record]!.history;
    const history = Array.from(seen.items)
      .filter((_, i) => seen.domains[i] === films)
      .map((item) => rowOf.get(item)!);
    const position = data.users[record]!.history.domains.lastIndexOf(films);
    const { cluster, clusterProbability } = events.get(`${record} ${position}`)!;
    const [posterior] = model.network.posteriors([{ history }]);
    own -= Math.log(probabilityOf(cluster, posterior!.first, codes, clusters));
    oracle -= Math.log(clusterProbability);
  }
  return { own: own / mesh.warm.users.length, oracle: oracle / mesh.warm.users.length };
}

/** Of each code, the share that its items have in the cluster. */
function probabilityOf(
  cluster: number,
  first: Float64Array,
  codes: readonly number[],
  clusters: readonly number[],
): number {
  return first.reduce((sum, logProbability, code) => {
    const own = clusters.filter((_, row) => codes[row] === code);
    const share = own.length === 0 ? 0 : own.filter((one) => one === cluster).length / own.length;
    return sum + Math.exp(logProbability) * share;
  }, 0);
}
