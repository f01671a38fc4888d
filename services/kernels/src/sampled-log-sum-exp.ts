import { logSumExp } from './cross-entropy.js';
import { matMul } from './mat-mul.js';
import { hasFused, runFusedAll } from './run-fused.js';
import { add, backendMatMul, customGrad, div, expandDims, mul, type Tensor, tensor } from './tensors.js';

/** What the rows of a sampled softmax compete with beside their targets, and how its logits are corrected. */
export interface SampledCompetition {
  /** What each vector stands for, `[count]`. */
  readonly ids: Int32Array;
  /** Id of each row's target, `[rows]`: the row does not compete with a vector of that id. */
  readonly targets: Int32Array;
  /** Added to the logits of each vector, `[count]`: minus the log of how often it was to be expected (logQ). */
  readonly shifts: Float32Array;
  /** Where vector and row are of one group, that shift of the vector is added in place of the other. */
  readonly groups?: {
    /** Group of each vector, `[count]`. */
    readonly ofVectors: Int32Array;
    /** Group of each row, `[rows]`. */
    readonly ofRows: Int32Array;
    /** `[count]` */
    readonly shifts: Float32Array;
  };
}

/** Logit of what does not count. */
const excluded = -1e9;

/**
 * Logarithm of the sum of the exponentials of the logits of each row against vectors that all rows share, the denominator
 * of a sampled softmax with its correction (Bengio and Senecal 2008): `queries [rows, dim]`, `vectors [count, dim]` →
 * `[rows]`. A matrix of shifts `[rows, count]` is never made; of logits there is one, in which the exponentials stay
 * for the gradient.
 *
 * Throws a RangeError where the arrays are not as long as the tensors say, and where there is no vector.
 */
export function sampledLogSumExp(queries: Tensor, vectors: Tensor, competition: SampledCompetition): Tensor {
  requireLengths(queries.shape[0] as number, vectors.shape[0] as number, competition);
  if (!hasFused()) return composed(queries, vectors, competition);
  const operation = customGrad((q, v, save) => {
    const given = { queries: q as Tensor, vectors: v as Tensor, ...tensorsOf(competition) };
    const [value, exponentials, totals] = runFusedAll('IsthmusSampledLogSumExp', given) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    (save as (tensors: Tensor[]) => void)([given.queries, given.vectors, exponentials, totals]);
    return {
      value,
      // The weights of a row are e dy / sum(e). The factor goes to what is narrow.
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [rows, columns, e, sums] = saved as [Tensor, Tensor, Tensor, Tensor];
        const factor = div(expandDims(dy, 1), sums);
        return [mul(backendMatMul(e, columns), factor), backendMatMul(e, mul(rows, factor), true)];
      },
    };
  });
  return operation(queries, vectors);
}

function requireLengths(
  rows: number,
  count: number,
  { ids, targets, shifts, groups }: SampledCompetition,
): void {
  const ofVectors = [ids, shifts, ...(groups ? [groups.ofVectors, groups.shifts] : [])];
  const ofRows = [targets, ...(groups ? [groups.ofRows] : [])];
  if (
    count === 0 ||
    ofVectors.some(({ length }) => length !== count) ||
    ofRows.some(({ length }) => length !== rows)
  ) {
    throw new RangeError(`The competition is not that of ${rows} rows with ${count} vectors`);
  }
}

function tensorsOf({ ids, targets, shifts, groups }: SampledCompetition): Record<string, Tensor> {
  const integers = (values: Int32Array): Tensor => tensor(values, [values.length], 'int32');
  const common = { ids: integers(ids), targets: integers(targets), shifts: tensor(shifts, [shifts.length]) };
  if (groups === undefined) return common;
  return {
    ...common,
    groups: integers(groups.ofVectors),
    targetGroups: integers(groups.ofRows),
    groupShifts: tensor(groups.shifts, [groups.shifts.length]),
  };
}

/** By what any backend has, with a matrix of shifts. */
function composed(queries: Tensor, vectors: Tensor, competition: SampledCompetition): Tensor {
  const { ids, targets, shifts, groups } = competition;
  const matrix = new Float32Array(targets.length * ids.length);
  targets.forEach((target, row) => {
    for (let i = 0; i < ids.length; i++) {
      const isSame = groups !== undefined && groups.ofVectors[i] === groups.ofRows[row];
      const shift = isSame ? groups.shifts[i] : shifts[i];
      matrix[row * ids.length + i] = ids[i] === target ? excluded : (shift as number);
    }
  });
  const logits = matMul(queries, vectors, false, true);
  return logSumExp(add(logits, tensor(matrix, [targets.length, ids.length])));
}
