import { hasFused, runFused } from './run-fused.js';
import { argMin, expandDims, squaredDifference, sum, type Tensor } from './tensors.js';

/**
 * The nearest code of each row by squared distance, the lowest of several equally near ones: `rows [n, dim]`,
 * `codes [m, dim]` → int32 `[n]`. The step of residual quantisation. No gradient passes through it.
 */
export function nearestCodes(rows: Tensor, codes: Tensor): Tensor {
  if (hasFused()) return runFused('IsthmusNearestCode', { rows, codes });
  return argMin(sum(squaredDifference(expandDims(rows, 1), expandDims(codes, 0)), -1), 1);
}
