import type { CommittedInteractions } from '../interactions/committed-interactions.js';
import { historySelection, positionsOfDomain } from '../interactions/user-history.js';
import { withoutValidation } from '../interactions/validation-part.js';
import { clusterRows } from './cluster-rows.js';
import { factoriseNeighbours } from './item-factors.js';
import { countItemNeighbours } from './item-neighbours.js';

/** Numbers behind a frozen partition: stated with every figure that rests on it. */
export interface PartitionSettings {
  readonly groups: number;
  readonly rank: number;
  readonly neighbours: number;
  readonly factorIterations: number;
  readonly clusterIterations: number;
  /** Seed byte, repeated 32 times. */
  readonly seed: number;
}

/** 64 groups by 32 factors of the 100 nearest neighbours, seed 1. */
export const usualPartition: PartitionSettings = {
  groups: 64,
  rank: 32,
  neighbours: 100,
  factorIterations: 12,
  clusterIterations: 40,
  seed: 1,
};

/** What is known of the items of the target domain from what may be learnt from. */
export interface FrozenPartition {
  readonly settings: PartitionSettings;
  /** Group of each item; -1 outside of the target domain and for items that nobody took together with another. */
  readonly groupOf: Int32Array;
  /** Training events of each item of the target domain. */
  readonly itemEvents: Uint32Array;
}

/**
 * The partition by which several models are judged: k-means of item-kNN factors of the training part. It is made from the data
 * alone and the same on every machine, so no model is judged by groups of its own.
 */
export function freezePartition(
  data: CommittedInteractions,
  settings: PartitionSettings = usualPartition,
): FrozenPartition {
  const { targetDomain } = data;
  const learnt = withoutValidation(data);
  const users = Array.from({ length: data.users }, (_, record) => {
    const history = learnt.history(record);
    return { id: 0n, history: historySelection(history, positionsOfDomain(history, targetDomain)) };
  });
  const items = Array.from({ length: data.items }, (_, index) => data.item(index));
  const itemEvents = new Uint32Array(items.length);
  for (const { history } of users) for (const item of history.items) itemEvents[item]!++;
  const neighbours = countItemNeighbours(
    { catalogue: { domains: data.description.domains, items }, users },
    { targetDomain, targetExponent: 0.5, shrinkage: 5, neighbours: settings.neighbours },
  );
  const seed = new Uint8Array(32).fill(settings.seed);
  const factors = factoriseNeighbours(neighbours, {
    rank: settings.rank,
    iterations: settings.factorIterations,
    seed,
  });
  const known: number[] = [];
  const rows: number[] = [];
  for (let item = 0; item < factors.items; item++) {
    const row = factors.values.subarray(item * factors.rank, (item + 1) * factors.rank);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (neighbours.items[item]!.length === 0 || norm < 1e-9) continue;
    known.push(item);
    for (const value of row) rows.push(value / norm);
  }
  const groupOf = new Int32Array(items.length).fill(-1);
  if (known.length > 0) {
    const groups = clusterRows(Float64Array.from(rows), factors.rank, {
      groups: settings.groups,
      iterations: settings.clusterIterations,
      seed,
    });
    for (const [place, item] of known.entries()) groupOf[item] = groups[place]!;
  }
  return { settings, groupOf, itemEvents };
}
