import {
  type Inputs,
  type ModelFiles,
  openInteractions,
  type Recommender,
  type RecommendRequest,
} from '@isthmus/learning';
import { exactScan, scanRows, TopRows } from '../../domain/exact-scan.js';
import { openRetrievalModel } from '../../model/open-retrieval-model.js';
import type { UserInput } from '../../model/retrieval-network.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { bestScores } from './score-users.js';
import { rowsOfItems, targetEvents } from './training-data.js';

/** Opens a trained model for evaluation: it answers as serving does, with the history and z of a record of the data set. */
export function openTrainedRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const model = openRetrievalModel(files);
  const { header, catalogueItems, itemVectors, network } = model;
  const { dim } = header.shape;
  const data = openInteractions(inputs);
  const rowOf = rowsOfItems(catalogueItems, data.items);
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

  const recommendMany = (
    requests: readonly Pick<RecommendRequest, 'record' | 'excluded'>[],
    k: number,
  ): readonly Uint32Array[] => {
    const lists: Uint32Array[] = [];
    const users = requests.map(({ record }) => userOf(record));
    bestScores(network, dim, users, settings, (scores, user) => {
      for (const item of requests[user]!.excluded) {
        if (rowOf[item]! >= 0) scores[rowOf[item]!] = Number.NEGATIVE_INFINITY;
      }
      lists.push(toItems(bestRows(scores, k)));
    });
    return lists;
  };

  return {
    recommend: (record, k, excluded) => recommendMany([{ record, excluded }], k)[0]!,
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
