import { add, gatherRows, matMul, mul, reshape, slice, sum, type Tensor } from '@isthmus/kernels';
import { popularityClasses } from '../domain/popularity.js';
import type { TargetRepresentations } from './causal-representation.js';
import { type EventTargetPairs, largestByUser, userProducts } from './event-target-pairs.js';

/** Parameters of the head that knows the target domain only. */
export interface BaseTensors {
  /** Map of the pooled history, `[dim, dim]`. */
  readonly map: Tensor;
  /** Weights of direction and of factor, bias, bias of users without target history: `[4]`. */
  readonly weights: Tensor;
  /** Biases of the three popularity classes, `[3, popularityClasses]`. */
  readonly popularity: Tensor;
}

/** Candidates as a head sees them, `[users * targets, dim]` each. */
export interface HeadRows {
  /** Nearly unit directions. */
  readonly directions: Tensor;
  /** Factors scaled to mean length 1. */
  readonly factors: Tensor;
}

/** What the base head knows of the users, and how popular their candidates were at their moments. */
export interface BaseUsers {
  /** Mean direction of the target history, `[users, dim]`; zero without. */
  readonly pooled: Tensor;
  /** 1 for users without target history, `[users, 1]`. */
  readonly empty: Tensor;
  /** Three classes of each candidate, numbered through: kind * popularityClasses + class, `[users * targets * 3]`. */
  readonly popularity: Int32Array | Tensor;
}

/** Logits of the base head, `[users, targets]`: matrix factorisation over the target history, with the popularity of the moment. */
export function baseLogits(
  base: BaseTensors,
  pairs: EventTargetPairs,
  users: BaseUsers,
  items: HeadRows,
): Tensor {
  const { weights } = base;
  const mapped = matMul(users.pooled, base.map, false, true);
  const byDirection = mul(userProducts(pairs, mapped, items.directions), entry(weights, 0));
  const byFactor = mul(userProducts(pairs, mapped, items.factors), entry(weights, 1));
  const biases = add(mul(users.empty, entry(weights, 3)), entry(weights, 2));
  const byClass = gatherRows(reshape(base.popularity, [3 * popularityClasses, 1]), users.popularity);
  const shape = byDirection.shape as [number, number];
  return add(add(add(byDirection, byFactor), biases), sum(reshape(byClass, [...shape, 3]), -1));
}

/** Parameters of what the representation adds. */
export interface PluginTensors {
  /** Map of the representation for the click head, `[dim, dim]`. */
  readonly map: Tensor;
  /** Weights of direction, factor, gate and strongest cause: `[4]`. */
  readonly weights: Tensor;
}

/**
 * What the cross-domain representation adds to the base logits, `[users, targets]`: its match with the item, the gate, and the
 * strongest cause. Exactly 0 where gate, vector and strongest cause are 0, so the sum is then the base logit to the last bit.
 */
export function pluginLogits(
  { map, weights }: PluginTensors,
  pairs: EventTargetPairs,
  { vectors, gates, probabilities }: TargetRepresentations,
  items: HeadRows,
): Tensor {
  const mapped = matMul(vectors, map, false, true);
  const matched = (rows: Tensor): Tensor => reshape(sum(mul(mapped, rows), -1), gates.shape);
  const match = add(
    mul(matched(items.directions), entry(weights, 0)),
    mul(matched(items.factors), entry(weights, 1)),
  );
  const strongest = largestByUser(pairs, probabilities);
  return add(add(match, mul(gates, entry(weights, 2))), mul(strongest, entry(weights, 3)));
}

function entry(vector: Tensor, at: number): Tensor {
  return slice(vector, [at], [1]);
}
