import { logSumExpOfRow } from './cross-entropy';
import { multiply } from './mat-mul';
import { address, int } from './parameters';

/** Rows whose logits are finished while they are near. */
const rowBlock = 32;
/** Logit of a pair that does not count: its exponential is 0 beside any other. */
const excluded: f32 = -1e9;

/**
 * {@link logSumExp} of `queries vectors^T` plus a shift, where a row's target is no vector to compete with: the logit of a row
 * and a vector with the row's target for id is -1e9 in place of the sum. The shift is the vector's, or its other one where the
 * groups of vector and row are equal.
 *
 * Order: the product as matMul, the shift added to the finished sum, the rest as logSumExp. Parameters: queries `[rows, dim]`,
 * vectors `[count, dim]`, out `[rows]`, exponentials less the greatest `[rows, count]`, their sums `[rows]`, dim, count, shifts
 * `[count]`, ids `[count]`, targets `[rows]`, groups `[count]` (0 for none), groups of rows `[rows]`, shifts of equal groups
 * `[count]`. A unit is a row.
 */
export function sampledLogSumExp(p: usize, begin: i32, end: i32): void {
  const dim = int(p, 5);
  const count = int(p, 6);
  const bytes = <usize>count << 2;
  const targets = address(p, 9);
  for (let first = begin; first < end; first += rowBlock) {
    const last = min(end, first + rowBlock);
    multiply(
      address(p, 0), dim, false, address(p, 1), dim, true, address(p, 3), count, first, last, count, dim, 0, false,
    );
    for (let row = first; row < last; row++) {
      const at = <usize>row << 2;
      const logits = address(p, 3) + <usize>row * bytes;
      shiftRow(p, logits, bytes, load<i32>(targets + at), row);
      store<f32>(address(p, 2) + at, logSumExpOfRow(logits, logits, count, address(p, 4) + at));
    }
  }
}

/** Adds the shifts to a row of products. */
// @ts-ignore: decorator
@inline
function shiftRow(p: usize, logits: usize, bytes: usize, target: i32, row: i32): void {
  const shifts = address(p, 7);
  const ids = address(p, 8);
  const groups = address(p, 10);
  const group = groups == 0 ? 0 : load<i32>(address(p, 11) + (<usize>row << 2));
  const targetLanes = i32x4.splat(target);
  const groupLanes = i32x4.splat(group);
  const none = f32x4.splat(excluded);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    let shift = v128.load(shifts + offset);
    if (groups != 0) {
      const isSame = i32x4.eq(v128.load(groups + offset), groupLanes);
      shift = v128.bitselect(v128.load(address(p, 12) + offset), shift, isSame);
    }
    const shifted = f32x4.add(v128.load(logits + offset), shift);
    v128.store(logits + offset, v128.bitselect(none, shifted, i32x4.eq(v128.load(ids + offset), targetLanes)));
  }
  for (; offset < bytes; offset += 4) {
    const isSame = groups != 0 && load<i32>(groups + offset) == group;
    const shift = load<f32>((isSame ? address(p, 12) : shifts) + offset);
    const isTarget = load<i32>(ids + offset) == target;
    store<f32>(logits + offset, isTarget ? excluded : load<f32>(logits + offset) + shift);
  }
}
