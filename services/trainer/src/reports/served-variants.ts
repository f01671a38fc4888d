import {
  type EvaluationTargets,
  type EvaluationUser,
  evaluateRecommender,
  historyEvent,
  historyFromEvents,
  openInteractions,
  type Recommender,
  type UserHistory,
} from '@isthmus/learning';
import type { Inputs, ModelFiles } from '@isthmus/proof';
import { evaluationInputs } from '../evaluation/evaluation-inputs.js';
import type { MeasuredCurve } from './retrieval-report-data.js';

/** Users that a curve is measured over at most. */
const mostUsers = 400;
const interestCounts = [1, 2, 4, 6, 8, 12, 16];
const ages = [0, 1, 2, 3, 5, 8, 13];

/** Opens a model for evaluation; what a program's bundle has. */
export type OpenRecommender = (files: ModelFiles, inputs: Inputs) => Recommender;

/** Recall of the same model searched with another number of interests. Undefined where its files name no number. */
export function recallByInterests(
  open: OpenRecommender,
  files: ModelFiles,
  inputs: Inputs,
  targets: EvaluationTargets,
): MeasuredCurve | undefined {
  const header = headerOf(files);
  if (header === undefined || !((header.shape?.codes?.length ?? 0) > 0)) return undefined;
  const group = { name: targets.name, users: targets.users.slice(0, mostUsers) };
  if (group.users.length === 0) return undefined;
  const points = interestCounts.map((interests) => {
    const changed = new TextEncoder().encode(JSON.stringify({ ...header, interests }));
    const recommender = open(new Map([...files, ['model.json', changed]]), inputs);
    return { x: interests, recall50: recallOf(recommender, group) };
  });
  return { group: targets.name, users: group.users.length, points };
}

/**
 * Recall of an answer that is as old as so many events of the target domain: the model sees the history as it stood then, as a
 * cached posterior does; what the user has taken since is left out of the list all the same. Over users with more events than the
 * oldest. Undefined where there are none.
 */
export function recallByAge(
  open: OpenRecommender,
  files: ModelFiles,
  inputs: Inputs,
  targets: EvaluationTargets,
): MeasuredCurve | undefined {
  const oldest = Math.max(...ages);
  const users = targets.users.filter((user) => user.targetEvents > oldest).slice(0, mostUsers);
  if (users.length === 0) return undefined;
  const data = openInteractions(inputs);
  const points = ages.map((age) => {
    const aged = users.map((user): EvaluationUser => {
      const history = user.history ?? data.history(user.record);
      return { ...user, history: withoutLast(history, age, data.targetDomain) };
    });
    const group = { name: targets.name, users: aged };
    return { x: age, recall50: recallOf(open(files, evaluationInputs(inputs, [group])), group) };
  });
  return { group: targets.name, users: users.length, points };
}

/** The history as it stood before its last `count` events of the domain. */
function withoutLast(history: UserHistory, count: number, domain: number): UserHistory {
  let end = history.length;
  for (let left = count; left > 0 && end > 0; ) {
    end -= 1;
    if (history.domains[end] === domain) left -= 1;
  }
  return historyFromEvents(Array.from({ length: end }, (_, position) => historyEvent(history, position)));
}

function recallOf(recommender: Recommender, group: EvaluationTargets): number {
  return evaluateRecommender(recommender, group, { k: [50] }).mean['recall@50']!;
}

function headerOf(files: ModelFiles): { shape?: { codes?: readonly number[] } } | undefined {
  const bytes = files.get('model.json');
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}
