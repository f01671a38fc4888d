/**
 * Area under the ROC curve by mid-ranks: P(score of a positive > of a negative) + half of the ties.
 * 0.5 where one of the classes is empty, since a counter of the state has to be finite.
 */
export function rankAuc(scores: readonly number[], labels: readonly number[]): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let at = start; at < end; at++) {
      if (labels[order[at]!] !== 1) continue;
      positives++;
      rankSum += (start + 1 + end) / 2;
    }
    start = end;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
