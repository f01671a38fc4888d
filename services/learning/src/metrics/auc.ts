/**
 * Area under the ROC curve: P(score of a positive > score of a negative) + P(equal) / 2, by mid-ranks.
 * NaN where one class is missing or a score is NaN.
 *
 * @param labels 1 for positives, 0 for negatives
 * @param weights how often each sample counts, by default once; for resampling
 */
export function auc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  return aucInOrder(ascendingOrder(scores), scores, labels, weights);
}

/** Indices by ascending score, equal scores by index: computed once where many weightings are tried. */
export function ascendingOrder(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => scores[a]! - scores[b]! || a - b,
  );
}

/** {@link auc} with the order given. */
export function aucInOrder(
  order: Uint32Array,
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  let negativesBelow = 0;
  let positives = 0;
  let area = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start]!]!;
    if (Number.isNaN(score)) return Number.NaN;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let next = start;
    for (; next < order.length && scores[order[next]!] === score; next++) {
      const weight = weights === undefined ? 1 : weights[order[next]!]!;
      if (labels[order[next]!] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    area += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
    start = next;
  }
  return positives > 0 && negativesBelow > 0 ? area / (positives * negativesBelow) : Number.NaN;
}

/** AUC within each group. */
export interface GroupedAuc {
  /** Mean of the groups' AUCs weighted by their number of samples; NaN where no group has both classes. */
  readonly value: number;
  /** Share of the samples in groups that have one class only and were left out. */
  readonly droppedShare: number;
  /** AUC of each group, NaN where it has one class only. */
  readonly byGroup: ReadonlyMap<number, number>;
}

/** AUC by group (usually by user), known as GAUC (Zhu et al. 2017). */
export function groupedAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
): GroupedAuc {
  const members = new Map<number, number[]>();
  for (let index = 0; index < scores.length; index++) {
    const group = groups[index]!;
    const list = members.get(group);
    if (list === undefined) members.set(group, [index]);
    else list.push(index);
  }
  const byGroup = new Map<number, number>();
  let sum = 0;
  let kept = 0;
  for (const [group, indices] of members) {
    const value = auc(
      indices.map((index) => scores[index]!),
      indices.map((index) => labels[index]!),
    );
    byGroup.set(group, value);
    if (Number.isNaN(value)) continue;
    sum += value * indices.length;
    kept += indices.length;
  }
  return {
    value: kept > 0 ? sum / kept : Number.NaN,
    droppedShare: scores.length > 0 ? 1 - kept / scores.length : 0,
    byGroup,
  };
}
