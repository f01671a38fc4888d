import {
  type CommittedInteractions,
  createRandom,
  isValidationRecord,
  type ModelFiles,
  meanOfNumbers,
  rankingQuality,
  validationCase,
} from '@isthmus/learning';
import { openHistoryRanker } from './counting-recommender.js';

/**
 * Ranks for the users of the validation part, everything in their histories left out: `ndcg@20`, which configurations are
 * chosen by, `recall@20` and `recall@50`. Empty where nothing is held back.
 */
export function validateCounts(
  model: ModelFiles,
  data: CommittedInteractions,
  seed: Uint8Array,
  mostUsers: number,
): { readonly [figure: string]: number } {
  const held = Array.from({ length: data.users }, (_, record) => record).filter((record) =>
    isValidationRecord(data, record),
  );
  if (held.length === 0) return {};
  const chosen = createRandom(seed, 'validation').choose(held.length, Math.min(mostUsers, held.length));
  const { rank } = openHistoryRanker(model);
  const ndcg: number[] = [];
  const recall20: number[] = [];
  const recall50: number[] = [];
  for (const place of Array.from(chosen).sort((a, b) => a - b)) {
    const { history, targets, timestampMs } = validationCase(data, held[place]!)!;
    const list = rank(history, timestampMs, 50, history.items);
    const wanted = new Set(targets);
    const at20 = rankingQuality(list, wanted, 20);
    ndcg.push(at20.ndcg);
    recall20.push(at20.recall);
    recall50.push(rankingQuality(list, wanted, 50).recall);
  }
  return {
    'ndcg@20': meanOfNumbers(ndcg),
    'recall@20': meanOfNumbers(recall20),
    'recall@50': meanOfNumbers(recall50),
  };
}
