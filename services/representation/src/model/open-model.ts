import type { ModelFiles } from '@isthmus/learning';

import { type ProjectedTargets, representTarget } from '../domain/causal-representation.js';
import { scoreTargets } from '../domain/causal-scorer.js';
import { createItemIds } from './item-ids.js';
import { decodeModel, type ModelHeader } from './model-files.js';
import { tensorNames } from './model-parts.js';
import { createRepresenter, type Representer } from './representer.js';
import { bytes } from './tensor-map.js';
import { type CallerEvent, type UsedEvents, usedEvents } from './used-events.js';

/** A source event behind a representation. */
export interface EventCause {
  /** Index in the caller's events. */
  readonly event: number;
  /** Probability that it caused a preference, 0 to 1. */
  readonly probability: number;
  /** Its share in the representation, 0 to 1. */
  readonly weight: number;
}

/** A representation with its causes. */
export interface ServedRepresentation {
  /** `[dim]`; all zero where the gate is 0. */
  readonly vector: Float32Array;
  /** Probability that at least one source event matters; exactly 0 without usable source events. */
  readonly gate: number;
  /** Strongest first, at most as many as were asked for. */
  readonly causes: readonly EventCause[];
}

/** Causal scores of source events for target items. */
export interface CausalityMatrix {
  /** Row-major `[targets, events]`, 0 to 1. */
  readonly probabilities: Float32Array;
  /** Probability that at least one event is a cause, `[targets]`. */
  readonly gates: Float32Array;
}

/** A trained model, ready to serve: immutable, and every answer is a function of its arguments. */
export interface RepresentationModel {
  readonly header: ModelHeader;
  readonly dim: number;
  readonly targetDomain: string;
  readonly sourceDomains: readonly string[];
  /** Index of an item; undefined where the domain or the item is not known. */
  itemIndex(domain: string, itemId: string): number | undefined;
  /** Id of an item by its index. */
  itemId(item: number): string;
  /** The events that can be used, before a time; see `usedEvents`. */
  use(events: readonly CallerEvent[], asOfMs?: number): UsedEvents;
  /** The user as a whole: the bits of the exported vectors for the same events. */
  representUser(used: UsedEvents, maxCauses: number): ServedRepresentation;
  /** The user for each target item, given by index. */
  representCandidates(
    used: UsedEvents,
    items: ArrayLike<number>,
    maxCauses: number,
  ): readonly ServedRepresentation[];
  /** Probability of each used event to be a cause for each target item, given by index. */
  scoreCausality(used: UsedEvents, items: ArrayLike<number>): CausalityMatrix;
}

/** Opens a model from its files. Throws an Error that says what is wrong with them. */
export function openRepresentationModel(files: ModelFiles): RepresentationModel {
  const { header, tensors } = decodeModel(files);
  const { shape } = header;
  const representer = createRepresenter(shape, tensors);
  const ids = createItemIds(tensors);
  const itemDomains = bytes(tensors, tensorNames.itemDomains);
  const isTarget = (item: number) => itemDomains[item] === shape.targetDomain;
  return {
    header,
    dim: shape.dim,
    targetDomain: shape.domains[shape.targetDomain]!,
    sourceDomains: shape.sourceDomains.map((domain) => shape.domains[domain]!),
    itemIndex: (domain, itemId) => ids.index(shape.domains.indexOf(domain), itemId),
    itemId: (item) => ids.id(item),
    use: (events, asOfMs) => usedEvents(shape, ids, events, asOfMs),
    representUser(used, maxCauses) {
      const { vector, gate, probabilities, weights } = representer.user(representer.source(used.items));
      return served(vector, gate, used, probabilities, weights, maxCauses);
    },
    representCandidates(used, items, maxCauses) {
      const source = representer.source(used.items);
      const targets = project(representer, items, isTarget);
      return Array.from(items, (_, place) => {
        const found = representTarget(representer.scorer, representer.features, source, targets, place);
        const { gate, probabilities, weights } = found.attention;
        return served(found.vector, gate, used, probabilities, weights, maxCauses);
      });
    },
    scoreCausality(used, items) {
      const source = representer.source(used.items);
      const targets = project(representer, items, isTarget);
      const events = used.items.length;
      const probabilities = new Float32Array(items.length * events);
      const gates = new Float32Array(items.length);
      for (let place = 0; place < items.length; place++) {
        const found = representTarget(representer.scorer, representer.features, source, targets, place);
        probabilities.set(found.attention.probabilities, place * events);
        gates[place] = found.attention.gate;
      }
      return { probabilities, gates };
    },
  };
}

function project(
  { scorer, features }: Representer,
  items: ArrayLike<number>,
  isTarget: (item: number) => boolean,
): ProjectedTargets {
  for (let place = 0; place < items.length; place++) {
    if (!isTarget(items[place]!)) throw new RangeError(`item ${items[place]} is not of the target domain`);
  }
  return { features, rows: items, projections: scoreTargets(scorer, features, items) };
}

function served(
  vector: Float64Array,
  gate: number,
  used: UsedEvents,
  probabilities: Float64Array,
  weights: Float64Array,
  maxCauses: number,
): ServedRepresentation {
  const order = Uint32Array.from(probabilities.keys()).sort(
    (a, b) => probabilities[b]! - probabilities[a]! || a - b,
  );
  const causes = Array.from(order.subarray(0, maxCauses), (event) => ({
    event: used.indices[event]!,
    probability: probabilities[event]!,
    weight: weights[event]!,
  }));
  return { vector: Float32Array.from(vector), gate, causes };
}
