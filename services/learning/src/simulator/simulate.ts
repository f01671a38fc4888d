import { log } from '../arithmetic/log.js';
import type { InteractionData, UserRecord } from '../interactions/interaction-data.js';
import { historyFromEvents, type InteractionEvent } from '../interactions/user-history.js';
import { createRandom, createRandomFamily, type Random } from '../random/random.js';
import { EventMixture, type TargetSituation } from './event-mixture.js';
import { createSimulatedCatalogue } from './simulated-catalogue.js';
import type { SimulatorParameters } from './simulator-parameters.js';
import type { CausalPair, SimulatorTruth, TargetEventTruth } from './simulator-truth.js';
import { drawSourceItem } from './source-item.js';
import { createWorld, sourceDomain, targetDomain, type World } from './world.js';

/** What everybody may see, and the truth behind it. */
export interface Simulation {
  readonly data: InteractionData;
  readonly truth: SimulatorTruth;
}

const dayMs = 86_400_000;
/** Shortest time between two events of a user. */
const shortestGapMs = 60_000;

/**
 * Two domains, `books` (source) and `films` (target), whose laws are known. Items stand in clusters, and in styles
 * within them. A user likes a few source clusters and one style. Of the target events some follow a Markov chain over
 * clusters, some are caused by a recent source event (its cluster causes interest in one target cluster, its style is
 * kept), and some are noise. The result is a pure function of the parameters. The design is ours.
 */
export function simulate(parameters: SimulatorParameters): Simulation {
  const world = createWorld(parameters);
  const randomOfUser = createRandomFamily(world.seed, 'simulator/user');
  const ids = drawIds(world);
  const lives = ids.map((id, record) => simulateUser(world, randomOfUser(record), id, record));
  return {
    data: { catalogue: createSimulatedCatalogue(world), users: lives.map((life) => life.user) },
    truth: createTruth(world, lives),
  };
}

/** A user's events, and the cluster of the chain before each of the target events, by position. */
interface Life {
  readonly user: UserRecord;
  readonly style: number;
  readonly chainBefore: ReadonlyMap<number, number>;
  readonly targetEvents: readonly TargetEventTruth[];
  readonly causes: readonly CausalPair[];
}

function simulateUser(world: World, random: Random, id: bigint, record: number): Life {
  const { parameters } = world;
  const style = random.below(parameters.styles);
  const interests = drawInterests(world, random);
  const domains = drawDomains(parameters, random);
  const events: InteractionEvent[] = [];
  const sourceEvents: { position: number; item: number }[] = [];
  const taken = new Set<number>();
  const chainBefore = new Map<number, number>();
  const targetEvents: TargetEventTruth[] = [];
  const causes: CausalPair[] = [];
  let chainCluster = world.causedCluster[interests[0]!.cluster]!;
  let timestampMs = parameters.startMs + Math.floor(random.float() * parameters.startSpreadDays * dayMs);
  for (const [position, domain] of domains.entries()) {
    timestampMs += shortestGapMs + Math.floor(random.exponential() * parameters.meanGapDays * dayMs);
    let item: number;
    if (domain === sourceDomain) {
      item = drawSourceItem(world, random, interests, style, taken);
      sourceEvents.push({ position, item });
    } else {
      const situation: TargetSituation = { chainCluster, userStyle: style, sourceEvents, taken };
      const mixture = new EventMixture(world, situation, targetItemsOf(world));
      const drawn = mixture.draw(random);
      item = drawn.item;
      const cluster = world.itemClusters[item]!;
      chainBefore.set(position, chainCluster);
      targetEvents.push({
        record,
        position,
        kind: drawn.kind,
        cluster,
        clusterProbability: mixture.clusterProbability(cluster),
        itemProbability: mixture.itemProbability(item),
      });
      if (drawn.kind === 'chain') chainCluster = cluster;
      if (drawn.kind === 'caused') {
        const source = events[drawn.cause]!;
        causes.push({
          record,
          sourcePosition: drawn.cause,
          targetPosition: position,
          sourceItem: source.item,
          targetItem: item,
          sourceTimestampMs: source.timestampMs,
          targetTimestampMs: timestampMs,
          probability: mixture.causesOf(item).find((c) => c.sourcePosition === drawn.cause)!.probability,
          visible:
            world.topics[sourceDomain][world.itemClusters[source.item]!] ===
            world.topics[targetDomain][cluster],
        });
      }
    }
    taken.add(item);
    events.push({ domain, item, timestampMs, value: 1 });
  }
  return { user: { id, history: historyFromEvents(events) }, style, chainBefore, targetEvents, causes };
}

function createTruth(world: World, lives: readonly Life[]): SimulatorTruth {
  const targetEvents = lives.flatMap((life) => life.targetEvents);
  const nll = targetEvents.reduce((sum, event) => sum - log(event.clusterProbability), 0);
  const mixtureAt = (record: number, position: number) => {
    const life = lives[record]!;
    const chainCluster = life.chainBefore.get(position);
    if (chainCluster === undefined) {
      throw new Error(`event ${position} of record ${record} is not in the target domain`);
    }
    const { items, domains } = life.user.history;
    const before = Array.from(items.subarray(0, position), (item, index) => ({ position: index, item }));
    const sourceEvents = before.filter((event) => domains[event.position] === sourceDomain);
    const taken = new Set(before.map((event) => event.item));
    const situation = { chainCluster, userStyle: life.style, sourceEvents, taken };
    return new EventMixture(world, situation, targetItemsOf(world));
  };
  return {
    itemClusters: world.itemClusters,
    itemStyles: world.itemStyles,
    potent: world.potent,
    causedCluster: world.causedCluster,
    transitions: world.transitions,
    entropyRateNats: world.entropyRateNats,
    clusterNllNats: targetEvents.length > 0 ? nll / targetEvents.length : 0,
    userStyles: Uint32Array.from(lives, (life) => life.style),
    targetEvents,
    causes: lives.flatMap((life) => life.causes),
    nextItem(record, position) {
      const probabilities = new Float64Array(world.itemClusters.length);
      mixtureAt(record, position).addTo(probabilities);
      return probabilities;
    },
    candidateCauses(record, position) {
      return mixtureAt(record, position).causesOf(lives[record]!.user.history.items[position]!);
    },
  };
}

/** Source clusters that the user likes, the first most: probabilities fall as 1, 1/2, 1/3. */
function drawInterests(world: World, random: Random): { cluster: number; probability: number }[] {
  const { clusters, sourceInterests } = world.parameters;
  const chosen = Array.from(random.choose(clusters, sourceInterests));
  const sum = chosen.reduce((total, _, index) => total + 1 / (index + 1), 0);
  return chosen.map((cluster, index) => ({ cluster, probability: 1 / (index + 1) / sum }));
}

/** Domain of each event: the head start in the source domain, then both in random order. */
function drawDomains(parameters: SimulatorParameters, random: Random): number[] {
  const between = ([low, high]: readonly [number, number]) => low + random.below(high - low + 1);
  const isSourceOnly = random.bernoulli(parameters.sourceOnlyShare);
  const source = between(parameters.sourceEvents);
  const target = between(parameters.targetEvents);
  const headStart = Math.min(parameters.sourceHeadStart, source);
  const rest = [
    ...new Array<number>(source - headStart).fill(sourceDomain),
    ...new Array<number>(isSourceOnly ? 0 : target).fill(targetDomain),
  ];
  return [...new Array<number>(headStart).fill(sourceDomain), ...random.shuffle(rest)];
}

/** A different random 64-bit id for every user. */
function drawIds(world: World): bigint[] {
  const random = createRandom(world.seed, 'simulator/ids');
  const ids = new Set<bigint>();
  while (ids.size < world.parameters.users) {
    ids.add((BigInt(random.uint32()) << 32n) | BigInt(random.uint32()));
  }
  return [...ids];
}

const targetItemsByWorld = new WeakMap<World, Uint32Array>();

function targetItemsOf(world: World): Uint32Array {
  let items = targetItemsByWorld.get(world);
  if (items === undefined) {
    const { sourceItems, targetItems } = world.parameters;
    items = Uint32Array.from({ length: targetItems }, (_, index) => sourceItems + index);
    targetItemsByWorld.set(world, items);
  }
  return items;
}
