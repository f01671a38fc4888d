import { embeddingBag, gatherRows, type Tensor } from '@isthmus/kernels';

/** Source events of several users in one list, user after user, oldest first: nothing is padded. */
export interface EventLayout {
  readonly users: number;
  readonly events: number;
  /** Events of user u are `starts[u]` to `starts[u + 1]` - 1, `[users + 1]`. */
  readonly starts: Int32Array;
  /** User of each event, `[events]`. */
  readonly userOf: Int32Array;
  /** 1 / events of each user, 0 where there are none, `[users]`. */
  readonly inverseCounts: Float32Array;
  /** Number of later events of the same user, `[events]`. */
  readonly later: Int32Array;
  /** 0 to events - 1. */
  readonly all: Int32Array;
}

/** Lays out users with the given numbers of source events. */
export function eventLayout(counts: ArrayLike<number>): EventLayout {
  const users = counts.length;
  const starts = new Int32Array(users + 1);
  for (let user = 0; user < users; user++) starts[user + 1] = starts[user]! + counts[user]!;
  const events = starts[users]!;
  const userOf = new Int32Array(events);
  const later = new Int32Array(events);
  const all = new Int32Array(events);
  const inverseCounts = new Float32Array(users);
  for (let user = 0; user < users; user++) {
    const end = starts[user + 1]!;
    userOf.fill(user, starts[user], end);
    for (let event = starts[user]!; event < end; event++) {
      later[event] = end - 1 - event;
      all[event] = event;
    }
    inverseCounts[user] = counts[user]! === 0 ? 0 : 1 / counts[user]!;
  }
  return { users, events, starts, userOf, inverseCounts, later, all };
}

/** Sums over the events of each user, in their order from +0: `[events, width]` → `[users, width]`. */
export function sumByUser({ all, starts }: EventLayout, x: Tensor): Tensor {
  return embeddingBag(x, all, starts);
}

/** What is known of a user beside each of the user's events: `[users, width]` → `[events, width]`. */
export function atEvents({ userOf }: EventLayout, x: Tensor): Tensor {
  return gatherRows(x, userOf);
}
