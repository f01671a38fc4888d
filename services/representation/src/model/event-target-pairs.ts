import {
  concat,
  expandDims,
  gatherRows,
  matMul,
  max,
  mul,
  reshape,
  type Tensor,
  zeros,
} from '@isthmus/kernels';
import { type EventLayout, sumByUser } from './event-layout.js';

/**
 * Which targets the events of a user are held against: `own` are as many for every user, user after user; `shared` are the
 * same for all. Either way a pair costs one inner product, summed in the order of the coordinates, so that a pair has the
 * same bits whatever else is computed beside it.
 */
export interface EventTargetPairs {
  readonly layout: EventLayout;
  /** Targets of a user. */
  readonly targets: number;
  readonly kind: 'own' | 'shared';
}

/** Inner products of every event with its user's targets: `events [events, w]` x `targets [rows, w]` → `[events, targets]`. */
export function eventProducts({ layout, targets, kind }: EventTargetPairs, a: Tensor, b: Tensor): Tensor {
  if (kind === 'shared') return matMul(a, b, false, true);
  const width = a.shape[1] as number;
  const ofUser = gatherRows(reshape(b, [layout.users, targets * width]), layout.userOf);
  const products = matMul(
    reshape(a, [layout.events, 1, width]),
    reshape(ofUser, [layout.events, targets, width]),
    false,
    true,
  );
  return reshape(products, [layout.events, targets]);
}

/** Inner products of every user with the user's targets: `users [users, w]` x `targets [rows, w]` → `[users, targets]`. */
export function userProducts({ layout, targets, kind }: EventTargetPairs, a: Tensor, b: Tensor): Tensor {
  if (kind === 'shared') return matMul(a, b, false, true);
  const width = a.shape[1] as number;
  const [users, own] = [reshape(a, [layout.users, 1, width]), reshape(b, [layout.users, targets, width])];
  return reshape(matMul(users, own, false, true), [layout.users, targets]);
}

/**
 * Sums of the events' rows, weighted for each target: `weights [events, k]`, `rows [events, dim]` → `[users * k, dim]`. The
 * events are added in their order from +0, by a matrix product where there is one user, with the same bits.
 */
export function mixEvents(layout: EventLayout, weights: Tensor, rows: Tensor): Tensor {
  if (layout.users === 1) return matMul(weights, rows, true);
  const [k, dim] = [weights.shape[1] as number, rows.shape[1] as number];
  const weighted = reshape(mul(expandDims(weights, 2), expandDims(rows, 1)), [layout.events, k * dim]);
  return reshape(sumByUser(layout, weighted), [layout.users * k, dim]);
}

/** Largest value, all being 0 or more, among a user's events for each target; 0 where there are none: `[events, targets]` → `[users, targets]`. */
export function largestByUser({ layout, targets }: EventTargetPairs, x: Tensor): Tensor {
  const { users, events, starts } = layout;
  let most = 1;
  for (let user = 0; user < users; user++) most = Math.max(most, starts[user + 1]! - starts[user]!);
  const places = new Int32Array(users * most).fill(events);
  for (let user = 0; user < users; user++) {
    for (let event = starts[user]!; event < starts[user + 1]!; event++) {
      places[user * most + event - starts[user]!] = event;
    }
  }
  const withNothing = concat([x, zeros([1, targets])], 0);
  return max(gatherRows(withNothing, places, [users, most]), 1);
}
