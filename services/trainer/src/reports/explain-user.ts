import type { CommittedInteractions, EvaluationTargets, Recommender } from '@isthmus/learning';
import { namedItem } from './dictionary-map.js';
import type { ItemCodes } from './item-codes.js';
import type { ExplainedUser } from './retrieval-report-data.js';

/** Events of the history that are shown at most, the last ones. */
const shownEvents = 25;
/** Items of each interest, and of the answer. */
const shownItems = 10;
/** How deep an interest's list is searched for an item of the answer. */
const depth = 200;

/**
 * What the model makes of one user.
 * @param record the user; where left out the first one of the groups with the most kinds of history and a target among the answer's
 * best 50, so that there is something to see
 */
export function explainUser(
  recommender: Recommender,
  data: CommittedInteractions,
  targets: readonly EvaluationTargets[],
  codes: ItemCodes | undefined,
  record?: number,
): ExplainedUser | undefined {
  const chosen = record === undefined ? usualUser(recommender, targets, codes) : userOf(targets, record);
  if (chosen === undefined) return undefined;
  const { group, user } = chosen;
  const excluded = new Set(user.excluded);
  const item = (index: number) => ({ ...namedItem(data.item(index)), code: codes?.nameOf(index) ?? '' });
  const lists = recommender.interests?.(user.record, depth).lists ?? [];
  const places = lists.map((list) => new Map(Array.from(list, (found, place) => [found, place])));
  const history = user.history ?? data.history(user.record);
  const wanted = new Set(user.targets);
  return {
    group,
    record: user.record,
    history: Array.from(history.items)
      .map((index, position) => ({
        ...item(index),
        domain: data.description.domains[history.domains[position]!]!,
      }))
      .slice(-shownEvents),
    targets: Array.from(user.targets, item),
    interests: lists.map((list) =>
      Array.from(list)
        .filter((found) => !excluded.has(found))
        .slice(0, shownItems)
        .map(item),
    ),
    answer: Array.from(recommender.recommend(user.record, shownItems, excluded), (found) => ({
      ...item(found),
      interest: bestInterest(places, found),
      isTarget: wanted.has(found),
    })),
  };
}

type ChosenUser = { readonly group: string; readonly user: EvaluationTargets['users'][number] };

function userOf(targets: readonly EvaluationTargets[], record: number): ChosenUser {
  for (const { name, users } of targets) {
    const user = users.find((user) => user.record === record);
    if (user !== undefined) return { group: name, user };
  }
  throw new Error(`user ${record} is in no group of the evaluation`);
}

function usualUser(
  recommender: Recommender,
  targets: readonly EvaluationTargets[],
  codes: ItemCodes | undefined,
): ChosenUser | undefined {
  const [group] = targets.filter(({ users }) => users.length > 0);
  if (group === undefined) return undefined;
  const kinds = ({ excluded }: ChosenUser['user']): number =>
    new Set(Array.from(excluded, (item) => codes?.codeOf(item, 0) ?? item)).size;
  const candidates = group.users
    .filter(({ excluded }) => excluded.length >= 3 && excluded.length <= shownEvents)
    .sort((a, b) => kinds(b) - kinds(a))
    .slice(0, 100);
  const found = candidates.find((user) => {
    const list = recommender.recommend(user.record, shownItems, new Set(user.excluded));
    return user.targets.some((target) => list.includes(target));
  });
  return { group: group.name, user: found ?? candidates[0] ?? group.users[0]! };
}

function bestInterest(places: readonly ReadonlyMap<number, number>[], item: number): number | undefined {
  let best: number | undefined;
  places.forEach((place, interest) => {
    const own = place.get(item);
    if (own === undefined) return;
    if (best === undefined || own < places[best]!.get(item)!) best = interest;
  });
  return best;
}
