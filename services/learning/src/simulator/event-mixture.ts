import { integerPower } from '../arithmetic/exp.js';
import type { Random } from '../random/random.js';
import type { CauseCandidate, TargetEventKind } from './simulator-truth.js';
import { styledWeight, targetDomain, type World } from './world.js';

/** What decides a user's next target event. */
export interface TargetSituation {
  /** Cluster of the latest event of the chain; before the first, where the chain starts. */
  readonly chainCluster: number;
  readonly userStyle: number;
  /** Source events so far: position in the whole history and item, oldest first. */
  readonly sourceEvents: readonly { readonly position: number; readonly item: number }[];
  /** Target items taken so far: nobody takes an item twice. */
  readonly taken: ReadonlySet<number>;
}

/** One way in which the next event may come about, with its probability. */
interface Component {
  readonly kind: TargetEventKind;
  readonly probability: number;
  /** Position of the causing event, -1 for the other kinds. */
  readonly cause: number;
  /** Items that it chooses from, and the style that it favours (-1: none, all items alike). */
  readonly items: Uint32Array;
  readonly cluster: number;
  readonly style: number;
  /** Sum of the weights of the items not taken yet. */
  readonly total: number;
}

/** The distribution of a user's next target event: chain, causes and noise, over items not taken yet. */
export class EventMixture {
  readonly #world: World;
  readonly #taken: ReadonlySet<number>;
  readonly #components: readonly Component[];
  /** Target items taken so far, and the clusters that they are from. */
  readonly #takenTargets: readonly number[];
  readonly #takenClusters: ReadonlySet<number>;

  constructor(world: World, situation: TargetSituation, allItems: Uint32Array) {
    this.#world = world;
    this.#taken = situation.taken;
    this.#takenTargets = [...situation.taken].filter((item) => item >= world.parameters.sourceItems);
    this.#takenClusters = new Set(this.#takenTargets.map((item) => world.itemClusters[item]!));
    const open = this.#open(situation, allItems).filter((component) => component.total > 0);
    const sum = open.reduce((total, component) => total + component.probability, 0);
    this.#components = open.map((component) => ({
      ...component,
      probability: component.probability / sum,
    }));
  }

  /** Draws the way and the item. `cause` is the position of the causing event, -1 where none was. */
  draw(random: Random): { readonly kind: TargetEventKind; readonly cause: number; readonly item: number } {
    let left = random.float();
    const last = this.#components.length - 1;
    let index = 0;
    while (index < last && left >= this.#components[index]!.probability) {
      left -= this.#components[index]!.probability;
      index++;
    }
    const component = this.#components[index]!;
    let weightLeft = random.float() * component.total;
    let chosen = -1;
    for (const item of component.items) {
      const weight = this.#weight(component, item);
      if (weight === 0) continue;
      chosen = item;
      if (weightLeft < weight) break;
      weightLeft -= weight;
    }
    return { kind: component.kind, cause: component.cause, item: chosen };
  }

  /** Probability that the next event is in a cluster. */
  clusterProbability(cluster: number): number {
    const members = this.#world.members[targetDomain][cluster]!;
    return this.#components.reduce((sum, component) => {
      if (component.cluster === cluster) return sum + component.probability;
      if (component.cluster >= 0) return sum;
      const weight = members.reduce((total, item) => total + this.#weight(component, item), 0);
      return sum + (component.probability * weight) / component.total;
    }, 0);
  }

  /** Probability of an item. */
  itemProbability(item: number): number {
    return this.#components.reduce((sum, component) => sum + this.#share(component, item), 0);
  }

  /** Adds every item's probability to `out` [items of the world]. */
  addTo(out: Float64Array): void {
    for (const component of this.#components) {
      for (const item of component.items) out[item]! += this.#share(component, item);
    }
  }

  /** How probable each cause is once the item is known. */
  causesOf(item: number): readonly CauseCandidate[] {
    const evidence = this.itemProbability(item);
    return this.#components
      .filter((component) => component.kind === 'caused')
      .map((component) => ({
        sourcePosition: component.cause,
        probability: evidence > 0 ? this.#share(component, item) / evidence : 0,
      }));
  }

  #open(situation: TargetSituation, allItems: Uint32Array): Component[] {
    const { parameters, transitions, members } = this.#world;
    const { clusters, causedShare, targetNoise } = parameters;
    const causes = this.#causes(situation);
    const chainShare = 1 - targetNoise - (causes.length > 0 ? causedShare : 0);
    const row = transitions.subarray(
      situation.chainCluster * clusters,
      (situation.chainCluster + 1) * clusters,
    );
    const chain = Array.from(row, (probability, cluster) =>
      this.#component({
        kind: 'chain',
        probability: chainShare * probability,
        cause: -1,
        items: members[targetDomain][cluster]!,
        cluster,
        style: situation.userStyle,
      }),
    );
    const noise = this.#component({
      kind: 'noise',
      probability: targetNoise,
      cause: -1,
      items: allItems,
      cluster: -1,
      style: -1,
    });
    return [...chain, ...causes, noise];
  }

  /** The latest source events whose items are potent, each favouring its caused cluster and its own style. */
  #causes(situation: TargetSituation): Component[] {
    const { parameters, potent, causedCluster, itemClusters, itemStyles, members } = this.#world;
    const latest = situation.sourceEvents.slice(-parameters.causeWindow).reverse();
    const candidates = latest
      .map((event, age) => ({ event, weight: integerPower(parameters.causeDecay, age) }))
      .filter(({ event }) => potent[event.item]!);
    const sum = candidates.reduce((total, candidate) => total + candidate.weight, 0);
    return candidates.map(({ event, weight }) => {
      const cluster = causedCluster[itemClusters[event.item]!]!;
      return this.#component({
        kind: 'caused',
        probability: (parameters.causedShare * weight) / sum,
        cause: event.position,
        items: members[targetDomain][cluster]!,
        cluster,
        style: itemStyles[event.item]!,
      });
    });
  }

  #component(component: Omit<Component, 'total'>): Component {
    return { ...component, total: this.#total(component) };
  }

  #total(component: Omit<Component, 'total'>): number {
    const { items, cluster, style } = component;
    if (cluster < 0) return items.length - this.#takenTargets.length;
    if (!this.#takenClusters.has(cluster)) return this.#world.targetTotals[style]![cluster]!;
    return items.reduce((sum, item) => sum + this.#weight(component, item), 0);
  }

  #weight(component: Pick<Component, 'style'>, item: number): number {
    if (this.#taken.has(item)) return 0;
    if (component.style < 0) return 1;
    return styledWeight(this.#world, item, component.style);
  }

  #share(component: Component, item: number): number {
    const { cluster } = component;
    if (cluster >= 0 && this.#world.itemClusters[item] !== cluster) return 0;
    return (component.probability * this.#weight(component, item)) / component.total;
  }
}
