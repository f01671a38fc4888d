import type { ModelFiles } from '@isthmus/learning';

import { CausalNetwork } from './causal-network.js';
import { createItemIds } from './item-ids.js';
import { decodeModel, type ModelHeader } from './model-files.js';
import { tensorNames } from './model-parts.js';
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
  /** Gives the memory of the model back; it answers nothing any more. */
  dispose(): void;
}

/** Opens a model from its files. The kernels must be ready. Throws an Error that says what is wrong with the files. */
export function openRepresentationModel(files: ModelFiles): RepresentationModel {
  const { header, tensors } = decodeModel(files);
  const { shape } = header;
  const { dim } = shape;
  const network = new CausalNetwork(shape, tensors);
  const ids = createItemIds(tensors);
  const itemDomains = bytes(tensors, tensorNames.itemDomains);
  const requireTargets = (items: ArrayLike<number>): void => {
    for (let place = 0; place < items.length; place++) {
      if (itemDomains[items[place]!] !== shape.targetDomain) {
        throw new RangeError(`item ${items[place]} is not of the target domain`);
      }
    }
  };
  return {
    header,
    dim,
    targetDomain: shape.domains[shape.targetDomain]!,
    sourceDomains: shape.sourceDomains.map((domain) => shape.domains[domain]!),
    itemIndex: (domain, itemId) => ids.index(shape.domains.indexOf(domain), itemId),
    itemId: (item) => ids.id(item),
    use: (events, asOfMs) => usedEvents(shape, ids, events, asOfMs),
    representUser(used, maxCauses) {
      const { vectors, gates, probabilities, weights } = network.user(used.items);
      return served(vectors, gates[0]!, used, probabilities, weights, maxCauses);
    },
    representCandidates(used, items, maxCauses) {
      requireTargets(items);
      const { probabilities, weights, gates, vectors } = network.represent(used.items, items);
      const events = used.items.length;
      return Array.from(items, (_, place) => {
        const row = (values: Float32Array, width: number) =>
          values.subarray(place * width, (place + 1) * width);
        const vector = row(vectors, dim).slice();
        return served(
          vector,
          gates[place]!,
          used,
          row(probabilities, events),
          row(weights, events),
          maxCauses,
        );
      });
    },
    scoreCausality(used, items) {
      requireTargets(items);
      return network.score(used.items, items);
    },
    dispose: () => network.dispose(),
  };
}

function served(
  vector: Float32Array,
  gate: number,
  used: UsedEvents,
  probabilities: Float32Array,
  weights: Float32Array,
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
  return { vector, gate, causes };
}
