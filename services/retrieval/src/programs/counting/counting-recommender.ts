import {
  type Inputs,
  type ModelFiles,
  openInteractions,
  type Recommender,
  type UserHistory,
} from '@isthmus/learning';
import { CountingRanker } from '../../domain/counting-ranker.js';
import { openCountingModel } from '../../model/counting-model.js';
import { countedHistory } from './counted-history.js';

/** Opens a counting model for evaluation on the records of a data set. */
export function openCountingRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const data = openInteractions(inputs);
  const { rank } = openHistoryRanker(files);
  return {
    recommend(record, k, excluded) {
      const history = data.history(record);
      // Nobody says when: the moment after all that is known of the user.
      return rank(history, (history.timestampsMs.at(-1) ?? 0) + 1, k, excluded);
    },
    recommendMany: (requests, k) =>
      requests.map(({ record, timestampMs, excluded }) =>
        rank(data.history(record), timestampMs, k, excluded),
      ),
  };
}

/** A counting model that ranks for histories. */
export function openHistoryRanker(files: ModelFiles): {
  rank(history: UserHistory, nowMs: number, k: number, excluded: Iterable<number>): Uint32Array;
} {
  const model = openCountingModel(files);
  const { header } = model;
  const ranker = new CountingRanker(model);
  const target = header.domains.indexOf(header.targetDomain);
  return {
    rank: (history, nowMs, k, excluded) =>
      ranker.rank({ history: countedHistory(history, target, header), nowMs, excluded }, k).items,
  };
}
