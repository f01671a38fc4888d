import { address, float, int } from './parameters';
import { sumOfProducts, sumOfRow } from './reduce';

/**
 * Layer normalisation of rows (Ba et al. 2016): `y = (x - mean) / sqrt(variance + epsilon)`, `out = y gain + bias`.
 *
 * Order: mean = sum / count and variance = sum of squared differences / count, sums in the order of sumOfRow.
 * Parameters: x, gain, bias, out, y, deviations (the inverse of the root, one a row), count, epsilon. A unit is a row.
 */
export function layerNorm(p: usize, begin: i32, end: i32): void {
  const gain = address(p, 1);
  const bias = address(p, 2);
  const count = int(p, 6);
  const epsilon = float(p, 7);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const skip = <usize>row * bytes;
    const x = address(p, 0) + skip;
    const out = address(p, 3) + skip;
    const y = address(p, 4) + skip;
    const mean = sumOfRow(x, count) / <f32>count;
    takeAway(x, mean, y, bytes);
    const variance = sumOfProducts(y, y, count) / <f32>count;
    const inverse: f32 = <f32>1 / sqrt<f32>(variance + epsilon);
    store<f32>(address(p, 5) + (<usize>row << 2), inverse);
    const scale = f32x4.splat(inverse);
    let offset: usize = 0;
    for (; offset + 16 <= bytes; offset += 16) {
      const normal = f32x4.mul(v128.load(y + offset), scale);
      v128.store(y + offset, normal);
      v128.store(out + offset, f32x4.add(f32x4.mul(normal, v128.load(gain + offset)), v128.load(bias + offset)));
    }
    for (; offset < bytes; offset += 4) {
      const normal = load<f32>(y + offset) * inverse;
      store<f32>(y + offset, normal);
      store<f32>(out + offset, normal * load<f32>(gain + offset) + load<f32>(bias + offset));
    }
  }
}

// @ts-ignore: decorator
@inline
function takeAway(x: usize, mean: f32, y: usize, bytes: usize): void {
  const lanes = f32x4.splat(mean);
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) v128.store(y + offset, f32x4.sub(v128.load(x + offset), lanes));
  for (; offset < bytes; offset += 4) store<f32>(y + offset, load<f32>(x + offset) - mean);
}

/**
 * Gradient of {@link layerNorm} for x: with `g = dy gain`, `dx = inverse (g - mean(g) - y mean(g y))`, sums in the order of
 * sumOfRow. Parameters: dy, y, gain, deviations, dx, count. A unit is a row.
 */
export function layerNormGradient(p: usize, begin: i32, end: i32): void {
  const gain = address(p, 2);
  const count = int(p, 5);
  const bytes = <usize>count << 2;
  for (let row = begin; row < end; row++) {
    const skip = <usize>row * bytes;
    const dy = address(p, 0) + skip;
    const y = address(p, 1) + skip;
    const dx = address(p, 4) + skip;
    let offset: usize = 0;
    for (; offset + 16 <= bytes; offset += 16) {
      v128.store(dx + offset, f32x4.mul(v128.load(dy + offset), v128.load(gain + offset)));
    }
    for (; offset < bytes; offset += 4) store<f32>(dx + offset, load<f32>(dy + offset) * load<f32>(gain + offset));
    const mean = sumOfRow(dx, count) / <f32>count;
    const along = sumOfProducts(dx, y, count) / <f32>count;
    const inverse = load<f32>(address(p, 3) + (<usize>row << 2));
    for (offset = 0; offset + 16 <= bytes; offset += 16) {
      const level = f32x4.sub(v128.load(dx + offset), f32x4.splat(mean));
      const rest = f32x4.sub(level, f32x4.mul(v128.load(y + offset), f32x4.splat(along)));
      v128.store(dx + offset, f32x4.mul(rest, f32x4.splat(inverse)));
    }
    for (; offset < bytes; offset += 4) {
      store<f32>(dx + offset, (load<f32>(dx + offset) - mean - load<f32>(y + offset) * along) * inverse);
    }
  }
}
