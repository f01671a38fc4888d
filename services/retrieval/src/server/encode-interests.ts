import { exp } from '@isthmus/learning';
import type { Interest } from '@isthmus/proto/isthmus/retrieval/v1/interest.js';
import type { ScoredTuple } from '../domain/best-first-tuples.js';
import { interestId } from '../domain/interest-groups.js';
import type { ServedModel } from '../domain/served-model.js';

/**
 * Interests as the contract has them. What stands for all interests that were not asked for has no codes and the id `other`; those of
 * a model without a dictionary have no codes, and their number for an id.
 */
export function encodeInterests(
  interests: readonly ScoredTuple[],
  historyRows: Uint32Array,
  { model, groups }: ServedModel,
): Interest[] {
  const levels = model.header.shape.codes.length;
  if (levels === 0) {
    return interests.map(({ logProbability }, number) => ({
      codes: [],
      id: String(number),
      probability: exp(logProbability),
      itemCount: 0,
      inHistory: false,
      exampleItemIds: [],
    }));
  }
  const inHistory = new Set(
    Array.from(historyRows, (row) => interestId(model.codes.subarray(row * levels, (row + 1) * levels))),
  );
  return interests.map(({ codes, logProbability }) => {
    const id = codes.length === 0 ? 'other' : interestId(codes);
    const group = groups.get(id);
    return {
      codes: [...codes],
      id,
      probability: exp(logProbability),
      itemCount: group?.itemCount ?? 0,
      inHistory: inHistory.has(id),
      exampleItemIds: [...(group?.examples ?? [])],
    };
  });
}
