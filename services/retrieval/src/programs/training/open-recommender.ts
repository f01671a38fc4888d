import {
  type Inputs,
  type ModelFiles,
  openInteractions,
  type Recommender,
  type RecommendRequest,
} from '@isthmus/learning';
import { exactScan, scanRows, TopRows } from '../../domain/exact-scan.js';
import type { UserInput } from '../../model/encoded-user.js';
import { openRetrievalModel } from '../../model/open-retrieval-model.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { bestScores } from './score-users.js';
import { rowsOfItems } from './training-catalogue.js';
import { targetEvents } from './training-data.js';

/** Opens a trained model for evaluation: it answers as serving does, with the history and z of a record of the data set. */
export function openTrainedRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const model = openRetrievalModel(files);
  const { header, catalogueItems, historyItems, itemVectors, network, prior } = model;
  const data = openInteractions(inputs);
  const rowOf = rowsOfItems(historyItems, data.items);
  const cross = header.representationDigest === null ? undefined : openCrossDomain(inputs);
  const { interests, posteriorWeight, interestShare = 0 } = header;
  const settings = { interests, weights: [{ posteriorWeight, interestShare }] };

  const userOf = (record: number): UserInput => {
    const history = targetEvents(data, rowOf, record).rows;
    if (cross === undefined) return { history };
    const vector = new Float32Array(cross.dim);
    const gates = new Float32Array(1);
    cross.read(record, Number.POSITIVE_INFINITY, 0, vector, gates);
    return { history, cross: { vector, gate: gates[0]! } };
  };
  const toItems = (rows: ArrayLike<number>) => Uint32Array.from(rows, (row) => catalogueItems[row]!);

  const recommendMany = (requests: readonly RecommendRequest[], k: number): readonly Uint32Array[] => {
    const lists: Uint32Array[] = [];
    // In the order of their times: what is popular goes forward.
    const order = [...requests.keys()].sort((a, b) => requests[a]!.timestampMs - requests[b]!.timestampMs);
    const users = order.map((place) => userOf(requests[place]!.record));
    bestScores(network, users, settings, (scores, user) => {
      const { excluded, timestampMs } = requests[order[user]!]!;
      const bonus = prior?.bonus(users[user]!.history, timestampMs);
      if (bonus !== undefined) for (let row = 0; row < bonus.length; row++) scores[row]! += bonus[row]!;
      for (const item of excluded) {
        const row = rowOf[item]!;
        if (row >= 0 && row < scores.length) scores[row] = Number.NEGATIVE_INFINITY;
      }
      lists[order[user]!] = toItems(bestRows(scores, k));
    });
    return lists;
  };

  return {
    recommend(record, k, excluded) {
      // As serving does, which asks after everything that was counted.
      const timestampMs = Number.POSITIVE_INFINITY;
      return recommendMany([{ record, excluded, timestampMs }], k)[0]!;
    },
    recommendMany,
    interests(record, k) {
      const encoded = network.encode([userOf(record)], { interests: header.interests })[0]!;
      const { vectorLength } = network;
      const named = encoded.interests.filter(({ codes }) => codes.length === header.shape.codes.length);
      const vectors = named.map((_, i) => encoded.queries.slice(i * vectorLength, (i + 1) * vectorLength));
      const lists = named.map(({ codes }, i) =>
        network.hasDictionary
          ? scanRows(itemVectors, vectors[i]!, vectorLength, k, network.itemsOf(codes), () => true)
          : exactScan(itemVectors, vectors[i]!, vectorLength, k)[0]!,
      );
      return { vectors, lists: lists.map(({ rows }) => toItems(rows)) };
    },
  };
}

/** Rows of the `k` best scores, best first and equal ones by ascending row; none that is minus infinity. */
function bestRows(scores: Float64Array, k: number): Uint32Array {
  const top = new TopRows(k);
  let least = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < scores.length; row++) {
    if (scores[row]! > least) least = top.offer(row, scores[row]!);
  }
  return top.result().rows;
}
