import type { EvaluationTargets } from '../splits/evaluation-targets.js';

/** Lower ends of the bins. */
const starts = [0, 1, 5, 10, 20, 50] as const;

/** Users whose histories in the target domain have a length within the bin. */
export interface HistoryLengthBin {
  /** For example `5-9`. */
  readonly name: string;
  /** Places of the users among the targets, ascending. */
  readonly places: readonly number[];
}

/** The users by the number of target-domain events in their histories; bins without users are left out. */
export function historyLengthBins(targets: EvaluationTargets): HistoryLengthBin[] {
  return starts
    .map((from, bin) => {
      const end = starts[bin + 1] ?? Number.POSITIVE_INFINITY;
      const places = [...targets.users.entries()]
        .filter(([, { targetEvents }]) => targetEvents >= from && targetEvents < end)
        .map(([place]) => place);
      return { name: nameOf(from, end), places };
    })
    .filter(({ places }) => places.length > 0);
}

function nameOf(from: number, end: number): string {
  if (end === Number.POSITIVE_INFINITY) return `${from} or more`;
  return end - from === 1 ? String(from) : `${from}-${end - 1}`;
}
