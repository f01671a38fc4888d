import { type Inputs, type ModelFiles, openInteractions, type Recommender } from '@isthmus/learning';
import { exactScan } from '../../domain/exact-scan.js';
import { mergeInterests } from '../../domain/merge-interests.js';
import { openRetrievalModel } from '../../model/open-retrieval-model.js';
import type { EncodedUser } from '../../model/retrieval-network.js';
import { openCrossDomain } from './cross-domain-reader.js';
import { rowsOfItems, targetEvents } from './training-data.js';

/** Opens a trained model for evaluation: it answers as serving does, with the history and z of a record of the data set. */
export function openTrainedRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const model = openRetrievalModel(files);
  const { header, catalogueItems, itemVectors, network } = model;
  const { dim } = header.shape;
  const data = openInteractions(inputs);
  const rowOf = rowsOfItems(catalogueItems, data.items);
  const cross = header.representationDigest === null ? undefined : openCrossDomain(inputs);

  const encode = (record: number): EncodedUser => {
    const history = targetEvents(data, rowOf, record).rows;
    if (cross === undefined) return network.encode([{ history }], { interests: header.interests })[0]!;
    const vector = new Float32Array(cross.dim);
    const gates = new Float32Array(1);
    cross.read(record, Number.POSITIVE_INFINITY, 0, vector, gates);
    const user = { history, cross: { vector, gate: gates[0]! } };
    return network.encode([user], { interests: header.interests })[0]!;
  };
  const toItems = (rows: ArrayLike<number>) => Uint32Array.from(rows, (row) => catalogueItems[row]!);

  return {
    recommend(record, k, excluded) {
      const { interests, queries, logNormalisers } = encode(record);
      const found = exactScan(itemVectors, queries, dim, k, (row) => !excluded.has(catalogueItems[row]!));
      const lists = found.map((hits, i) => ({
        logProbability: interests[i]!.logProbability,
        logNormaliser: logNormalisers[i]!,
        hits,
      }));
      const merged = mergeInterests(lists, { k, posteriorWeight: header.posteriorWeight });
      return toItems(merged.map(({ row }) => row));
    },
    interests(record, k) {
      const { queries } = encode(record);
      const lists = exactScan(itemVectors, queries, dim, k).map(({ rows }) => toItems(rows));
      const vectors = lists.map((_, i) => queries.slice(i * dim, (i + 1) * dim));
      return { vectors, lists };
    },
  };
}
