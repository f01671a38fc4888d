import { equalBytes } from './bytes.js';
import type { TrainingState } from './program.js';
import { tensorBytes } from './state-tensor.js';

/** Where two states differ and how far apart they are. */
export interface StateDifference {
  /** What differs first: `phase`, `step`, `counter <name>` or `tensor <name>`, in the order of the encoding. */
  readonly first: string;
  /** Name of the first tensor that differs, or is in one state only; null where all are equal. */
  readonly firstDifferentTensor: string | null;
  /** Euclidean distance over all tensors that both states have in one shape. */
  readonly l2: number;
  /** Largest absolute difference of an element over the same tensors. Both distances are at most `Number.MAX_VALUE`. */
  readonly linf: number;
}

/** Compares two states bit for bit; undefined where they are equal. */
export function stateDifference(a: TrainingState, b: TrainingState): StateDifference | undefined {
  const differences: string[] = [];
  if (a.phase !== b.phase) differences.push('phase');
  if (a.step !== b.step) differences.push('step');
  for (const name of allNames(a.counters, b.counters)) {
    if (!Object.is(a.counters.get(name), b.counters.get(name))) differences.push(`counter ${name}`);
  }
  let firstDifferentTensor: string | null = null;
  let squares = 0;
  let linf = 0;
  for (const name of allNames(a.tensors, b.tensors)) {
    const [left, right] = [a.tensors.get(name), b.tensors.get(name)];
    const comparable =
      left !== undefined &&
      right !== undefined &&
      left.type === right.type &&
      `${left.shape}` === `${right.shape}`;
    if (comparable && equalBytes(tensorBytes(left), tensorBytes(right))) continue;
    firstDifferentTensor ??= name;
    differences.push(`tensor ${name}`);
    if (!comparable) continue;
    for (let i = 0; i < left.data.length; i++) {
      const distance = Math.abs((left.data[i] as number) - (right.data[i] as number));
      squares += distance * distance;
      if (distance > linf) linf = distance;
    }
  }
  const first = differences[0];
  if (first === undefined) return undefined;
  return { first, firstDifferentTensor, l2: bounded(Math.sqrt(squares)), linf: bounded(linf) };
}

/** Finite, since it goes into evidence, which is JSON: the distance of two finite float64 may overflow. */
function bounded(distance: number): number {
  return Math.min(distance, Number.MAX_VALUE);
}

function allNames(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}
