import { type Adjacency, addNeighbour, type FactorSettings } from './implicit-factors.js';
import { factorPositiveDefinite, gramMatrix, solveFactored } from './ridge-solve.js';

/** A factorised graph, seen from its items. */
export interface FactorisedGraph {
  /** Factors of the users, `[users, dim]`. */
  readonly users: Float32Array;
  /** Users of each item, ascending. */
  readonly byItem: Adjacency;
  /** Factors of the items, `[items, dim]`. */
  readonly items: Float32Array;
}

/** Items whose systems are kept factored: many users share them. Some tens of megabytes at width 32. */
const mostSystems = 4_096;

/** Items with more users than this are left as they are: one of so many moves a factor by less than its own noise. */
const mostUsers = 200;

/**
 * Factors of items as they would be had a user never been there. An item's factor is x = A^-1 b with A and b as in
 * `factorSweep`; without the user's factor y it is, by the rank-one update of Sherman and Morrison (1950),
 *
 *   x' = x - c v (1 - y.x) / (1 - c y.v),   c = 1 + alpha,  v = A^-1 y.
 *
 * Whoever learns from a user's events with factors that were fitted to the same events learns to trust them more than the
 * events of the future bear out; with these factors the past is as unknown as the future.
 */
export function leaveOneOut(
  { users, byItem, items }: FactorisedGraph,
  { dim, alpha, regularisation }: FactorSettings,
): (user: number, item: number, into: Float64Array) => void {
  const gram = gramMatrix(users, dim);
  for (let i = 0; i < dim; i++) gram[i * dim + i] = gram[i * dim + i]! + regularisation;
  const solved = new Float64Array(dim);
  const systems = new Map<number, { readonly factor: Float64Array; readonly right: Float64Array }>();
  const systemOf = (item: number) => {
    const known = systems.get(item);
    if (known !== undefined) return known;
    if (systems.size === mostSystems) systems.clear();
    const system = { factor: gram.slice(), right: new Float64Array(dim) };
    for (let at = byItem.offsets[item]!; at < byItem.offsets[item + 1]!; at++) {
      addNeighbour(users, byItem.neighbours[at]! * dim, alpha, system.factor, system.right);
    }
    factorPositiveDefinite(system.factor, dim);
    systems.set(item, system);
    return system;
  };
  return (user, item, into) => {
    for (let i = 0; i < dim; i++) into[i] = items[item * dim + i]!;
    const [start, end] = [byItem.offsets[item]!, byItem.offsets[item + 1]!];
    if (end - start > mostUsers || !byItem.neighbours.subarray(start, end).includes(user)) return;
    const { factor, right } = systemOf(item);
    for (let i = 0; i < dim; i++) solved[i] = users[user * dim + i]!;
    solveFactored(factor, solved, dim);
    let fit = 0;
    let leverage = 0;
    for (let i = 0; i < dim; i++) {
      fit += solved[i]! * right[i]!;
      leverage += solved[i]! * users[user * dim + i]!;
    }
    const confidence = 1 + alpha;
    const share = (confidence * (1 - fit)) / (1 - confidence * leverage);
    for (let i = 0; i < dim; i++) into[i] = into[i]! - share * solved[i]!;
  };
}
