import { multiply } from './mat-mul';
import { address, float, int } from './parameters';
import { maximumOfRow } from './reduce';
import { exponentialsOfRow, softmaxGradientOfRow } from './softmax';

/**
 * Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1) over `[batch, places, heads * width]`, head by head:
 * `weights = softmax(scale Q K^T)` over the places that a place may see, `out = weights V`. With `causal` a place sees those
 * up to itself; with lengths none past the length of its sequence. A place that sees nothing has zero weights.
 *
 * Order: products as matMul, softmax as softmax over the places seen. Parameters: Q, K, V, out, weights
 * `[batch, heads, places, places]`, places, heads, width, scale, causal, lengths (0 for none). A unit is a head of a sequence.
 */
export function attention(p: usize, begin: i32, end: i32): void {
  const places = int(p, 5);
  const heads = int(p, 6);
  const width = int(p, 7);
  const stride = heads * width;
  for (let unit = begin; unit < end; unit++) {
    const batch = unit / heads;
    const start = <usize>(batch * places * stride + (unit - batch * heads) * width) << 2;
    const weights = address(p, 4) + (<usize>unit * <usize>(places * places) << 2);
    multiply(
      address(p, 0) + start, stride, false, address(p, 1) + start, stride, true, weights, places,
      0, places, places, width, 0, false,
    );
    const length = lengthOf(p, 10, batch, places);
    for (let i = 0; i < places; i++) {
      weigh(weights + (<usize>(i * places) << 2), seenBy(p, 9, i, length), places, float(p, 8));
    }
    multiply(
      weights, places, false, address(p, 2) + start, stride, false, address(p, 3) + start, stride,
      0, places, width, places, 0, false,
    );
  }
}

// @ts-ignore: decorator
@inline
function lengthOf(p: usize, index: i32, batch: i32, places: i32): i32 {
  const lengths = address(p, index);
  return lengths == 0 ? places : min(places, load<i32>(lengths + (<usize>batch << 2)));
}

// @ts-ignore: decorator
@inline
function seenBy(p: usize, index: i32, place: i32, length: i32): i32 {
  return int(p, index) != 0 ? min(place + 1, length) : length;
}

/** Softmax of the first `seen` scores of a row, times `scale` before it; zeros behind. */
// @ts-ignore: decorator
@inline
function weigh(row: usize, seen: i32, places: i32, scale: f32): void {
  for (let j = 0; j < seen; j++) {
    const at = row + (<usize>j << 2);
    store<f32>(at, load<f32>(at) * scale);
  }
  if (seen > 0) {
    const total = exponentialsOfRow(row, row, seen, maximumOfRow(row, seen));
    for (let j = 0; j < seen; j++) {
      const at = row + (<usize>j << 2);
      store<f32>(at, load<f32>(at) / total);
    }
  }
  for (let j = seen; j < places; j++) store<f32>(row + (<usize>j << 2), 0);
}

/**
 * Gradients of {@link attention}. Parameters: Q, K, V, weights, d out, dQ, dK, dV, room as large as the weights, places,
 * heads, width, scale. A unit is a head of a sequence.
 */
export function attentionGradient(p: usize, begin: i32, end: i32): void {
  const places = int(p, 9);
  const heads = int(p, 10);
  const width = int(p, 11);
  const scale = float(p, 12);
  const stride = heads * width;
  for (let unit = begin; unit < end; unit++) {
    const batch = unit / heads;
    const start = <usize>(batch * places * stride + (unit - batch * heads) * width) << 2;
    const square = <usize>unit * <usize>(places * places) << 2;
    const weights = address(p, 3) + square;
    const room = address(p, 8) + square;
    const dOut = address(p, 4) + start;
    multiply(
      weights, places, true, dOut, stride, false, address(p, 7) + start, stride, 0, places, width, places, 0, false,
    );
    multiply(
      dOut, stride, false, address(p, 2) + start, stride, true, room, places, 0, places, places, width, 0, false,
    );
    for (let i = 0; i < places; i++) {
      const skip = <usize>(i * places) << 2;
      softmaxGradientOfRow(weights + skip, room + skip, room + skip, places);
      for (let j = 0; j < places; j++) {
        const at = room + skip + (<usize>j << 2);
        store<f32>(at, load<f32>(at) * scale);
      }
    }
    multiply(
      room, places, false, address(p, 1) + start, stride, false, address(p, 5) + start, stride,
      0, places, width, places, 0, false,
    );
    multiply(
      room, places, true, address(p, 0) + start, stride, false, address(p, 6) + start, stride,
      0, places, width, places, 0, false,
    );
  }
}
