import type { Json, JsonObject } from '@isthmus/proof';

import type { EvaluationTargets } from '../splits/evaluation-targets.js';

/**
 * Where the targets of every user stand in the user's list: all that ranking figures need of it. For each user the pairs
 * (index of the target among the user's targets, rank from 0), flat, ranks ascending.
 */
export type RankedHits = readonly Uint32Array[];

/**
 * Looks for the targets in lists.
 * @param lists place of a user among the targets, and the list for this user; users without a list have no hits
 */
export function findHits(
  lists: Iterable<readonly [place: number, list: ArrayLike<number>]>,
  targets: EvaluationTargets,
): RankedHits {
  const hits: Uint32Array[] = targets.users.map(() => none);
  for (const [place, list] of lists) {
    const user = targets.users[place]!;
    const indexOf = new Map(Array.from(user.targets, (item, index) => [item, index]));
    const found: number[] = [];
    for (let rank = 0; rank < list.length; rank++) {
      const index = indexOf.get(list[rank]!);
      if (index === undefined) continue;
      // An item that is listed twice is found once.
      indexOf.delete(list[rank]!);
      found.push(index, rank);
    }
    hits[place] = found.length === 0 ? none : Uint32Array.from(found);
  }
  return hits;
}

const none = new Uint32Array(0);

/** Hits as JSON: the place of each user who has any, with the pairs. */
export function hitsToJson(hits: RankedHits): JsonObject {
  const found = [...hits.entries()].filter(([, pairs]) => pairs.length > 0);
  return { users: hits.length, hits: found.map(([place, pairs]) => [place, ...pairs]) };
}

/** Reads what {@link hitsToJson} wrote. Throws an Error where the shape is another. */
export function hitsFromJson(json: JsonObject): RankedHits {
  const { users, hits } = json;
  if (typeof users !== 'number' || !Array.isArray(hits)) throw malformed();
  const read: Uint32Array[] = Array.from({ length: users }, () => none);
  for (const row of hits as readonly Json[]) {
    if (!Array.isArray(row) || row.length % 2 !== 1 || !row.every(Number.isSafeInteger)) throw malformed();
    const [place, ...pairs] = row as number[];
    if (place! >= users || place! < 0) throw malformed();
    read[place!] = Uint32Array.from(pairs);
  }
  return read;
}

function malformed(): Error {
  return new Error('these are no hits of an evaluation');
}
