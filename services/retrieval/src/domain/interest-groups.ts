import type { RetrievalModel } from '../model/open-retrieval-model.js';

/** Items shown for an interest. */
const EXAMPLES = 5;

/** The model's items under one interest. */
export interface InterestGroup {
  readonly itemCount: number;
  /** Ids of the most popular ones, at most 5. */
  readonly examples: readonly string[];
}

/** The model's items by the name of their interest. */
export type InterestGroups = ReadonlyMap<string, InterestGroup>;

/** Name of an interest: its codes, coarse to fine, joined by dots. Stable within a model version. */
export function interestId(codes: ArrayLike<number>): string {
  return Array.from(codes).join('.');
}

/** Groups the items that a model was trained on by their interest. The last coordinate of an item's own vector is its popularity. */
export function groupByInterest(model: RetrievalModel): InterestGroups {
  const levels = model.header.shape.codes.length;
  const { dim } = model.header.shape;
  const { vectorLength } = model;
  const rowsOf = new Map<string, number[]>();
  model.itemIds.forEach((_, row) => {
    const id = interestId(model.codes.subarray(row * levels, (row + 1) * levels));
    const rows = rowsOf.get(id);
    if (rows === undefined) rowsOf.set(id, [row]);
    else rows.push(row);
  });
  const popularity = (row: number) => model.itemVectors[row * vectorLength + dim - 1] ?? 0;
  const groups = new Map<string, InterestGroup>();
  for (const [id, rows] of rowsOf) {
    rows.sort((a, b) => popularity(b) - popularity(a) || a - b);
    const examples = rows.slice(0, EXAMPLES).flatMap((row) => model.itemIds[row] ?? []);
    groups.set(id, { itemCount: rows.length, examples });
  }
  return groups;
}
