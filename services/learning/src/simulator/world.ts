import { power } from '../arithmetic/exp.js';
import { log } from '../arithmetic/log.js';
import { createRandom, type Random } from '../random/random.js';
import type { SimulatorParameters } from './simulator-parameters.js';
import { styleNames, topicNames } from './topic-names.js';

/** Number of the source domain and of the target domain in everything simulated. */
export const sourceDomain = 0;
export const targetDomain = 1;

/** The items and laws of a simulated world; users come on top. */
export interface World {
  readonly parameters: SimulatorParameters;
  readonly seed: Uint8Array;
  readonly itemClusters: Uint32Array;
  readonly itemStyles: Uint32Array;
  /** Popularity weight of every item within its cluster. */
  readonly itemWeights: Float64Array;
  readonly potent: readonly boolean[];
  /** Items of each cluster, for the source and the target domain. */
  readonly members: readonly [readonly Uint32Array[], readonly Uint32Array[]];
  /** Sum of the weights of a target cluster for a style: [styles][clusters]. */
  readonly targetTotals: readonly Float64Array[];
  /** Topic name of each cluster, for the source and the target domain. */
  readonly topics: readonly [readonly string[], readonly string[]];
  readonly causedCluster: Uint32Array;
  /** [clusters, clusters], row-major. */
  readonly transitions: Float64Array;
  readonly entropyRateNats: number;
}

/** Draws a world. Items of the source domain have the indices before those of the target domain. */
export function createWorld(parameters: SimulatorParameters): World {
  checkParameters(parameters);
  const { clusters, sourceItems, targetItems } = parameters;
  const seed = seedBytes(parameters.seed);
  const random = createRandom(seed, 'simulator/world');
  const total = sourceItems + targetItems;
  const items = {
    itemClusters: new Uint32Array(total),
    itemStyles: new Uint32Array(total),
    itemWeights: new Float64Array(total),
  };
  placeItems(parameters, random, items, 0, sourceItems);
  placeItems(parameters, random, items, sourceItems, targetItems);
  const potent = Array.from(
    { length: total },
    (_, item) => item < sourceItems && random.bernoulli(parameters.potentShare),
  );
  const membersOf = (first: number, count: number) =>
    Array.from({ length: clusters }, (_, cluster) => {
      const all = Array.from({ length: count }, (__, offset) => first + offset);
      return Uint32Array.from(all.filter((item) => items.itemClusters[item] === cluster));
    });
  const targetMembers = membersOf(sourceItems, targetItems);
  const visible = Math.round(parameters.visibleMappingShare * clusters);
  const transitions = drawTransitions(parameters, random);
  return {
    parameters,
    seed,
    ...items,
    potent,
    members: [membersOf(0, sourceItems), targetMembers],
    targetTotals: Array.from({ length: parameters.styles }, (_, style) =>
      Float64Array.from(targetMembers, (members) =>
        members.reduce((sum, item) => sum + styledWeight({ parameters, ...items }, item, style), 0),
      ),
    ),
    topics: [
      Array.from({ length: clusters }, (_, c) => topicNames[c < visible ? c : clusters + c - visible]!),
      topicNames.slice(0, clusters),
    ],
    causedCluster: drawMapping(clusters, visible, random),
    transitions,
    entropyRateNats: entropy(transitions.subarray(0, clusters)),
  };
}

/** Popularity within the cluster, times the affinity where the style fits. */
export function styledWeight(
  world: Pick<World, 'parameters' | 'itemStyles' | 'itemWeights'>,
  item: number,
  style: number,
): number {
  const affinity = world.itemStyles[item] === style ? world.parameters.styleAffinity : 1;
  return world.itemWeights[item]! * affinity;
}

/** The 32-byte seed of a world: the number, little-endian, and zeros. */
function seedBytes(seed: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, seed, true);
  return bytes;
}

/** Clusters, styles and popularity ranks go round, over items in random order: every cluster and style has equally many. */
function placeItems(
  parameters: SimulatorParameters,
  random: Random,
  items: { itemClusters: Uint32Array; itemStyles: Uint32Array; itemWeights: Float64Array },
  first: number,
  count: number,
): void {
  const { clusters, styles, popularityExponent } = parameters;
  for (const [place, offset] of random.permutation(count).entries()) {
    const rank = Math.floor(place / clusters);
    items.itemClusters[first + offset] = place % clusters;
    items.itemStyles[first + offset] = rank % styles;
    items.itemWeights[first + offset] = power(rank + 1, -popularityExponent);
  }
}

/** Visible clusters cause interest in their own topic, the others are permuted among themselves. */
function drawMapping(clusters: number, visible: number, random: Random): Uint32Array {
  const hidden = random.permutation(clusters - visible);
  return Uint32Array.from({ length: clusters }, (_, c) => (c < visible ? c : visible + hidden[c - visible]!));
}

/**
 * Clusters stand on a random circle; the successors of one are the next and the third after it. Every column adds up
 * to 1 as well, so the stationary distribution is uniform, and all rows have the same entropy: the entropy rate.
 */
function drawTransitions(parameters: SimulatorParameters, random: Random): Float64Array {
  const { clusters, stay, firstSuccessor, secondSuccessor } = parameters;
  const circle = random.permutation(clusters);
  const rest = (1 - stay - firstSuccessor - secondSuccessor) / clusters;
  const transitions = new Float64Array(clusters * clusters).fill(rest);
  for (let place = 0; place < clusters; place++) {
    const row = circle[place]! * clusters;
    transitions[row + circle[place]!]! += stay;
    transitions[row + circle[(place + 1) % clusters]!]! += firstSuccessor;
    transitions[row + circle[(place + 3) % clusters]!]! += secondSuccessor;
  }
  return transitions;
}

/** Entropy of a distribution in nats. */
function entropy(probabilities: Float64Array): number {
  return probabilities.reduce((sum, p) => (p > 0 ? sum - p * log(p) : sum), 0);
}

function checkParameters(parameters: SimulatorParameters): void {
  const { clusters, styles, sourceItems, targetItems, visibleMappingShare } = parameters;
  const hidden = clusters - Math.round(visibleMappingShare * clusters);
  if (clusters < 4 || clusters + hidden > topicNames.length) {
    throw new RangeError(`there are names for ${topicNames.length} topics: 4 clusters at least, 20 at most`);
  }
  if (styles < 1 || styles > styleNames.length) {
    throw new RangeError(`there are names for ${styleNames.length} styles`);
  }
  if (sourceItems % (clusters * styles) !== 0 || targetItems % (clusters * styles) !== 0) {
    throw new RangeError(
      `the items of a domain are a multiple of ${clusters * styles}, clusters times styles`,
    );
  }
  const { stay, firstSuccessor, secondSuccessor, causedShare, targetNoise } = parameters;
  if (stay + firstSuccessor + secondSuccessor > 1 || causedShare + targetNoise > 1) {
    throw new RangeError('probabilities of one choice add up to more than 1');
  }
}
