import { address, float } from './parameters';

/**
 * One step of Adam with decoupled weight decay (Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2),
 * element by element and in place: `m = m + (1 - beta1) (g - m)`, `v = v + (1 - beta2) (g^2 - v)`,
 * `x = kept x - rate m / (sqrt(v correction) + epsilon)`.
 *
 * Parameters: x, m, v, g, 1 - beta1, 1 - beta2, rate (the learning rate over 1 - beta1^t), correction (1 over 1 - beta2^t),
 * epsilon, kept (1 less learning rate times decay). A unit is an element.
 */
export function adam(p: usize, begin: i32, end: i32): void {
  const x = address(p, 0);
  const m = address(p, 1);
  const v = address(p, 2);
  const g = address(p, 3);
  let offset = <usize>begin << 2;
  const bytes = <usize>end << 2;
  for (; offset + 16 <= bytes; offset += 16) {
    const gradient = v128.load(g + offset);
    const first = mixed(v128.load(m + offset), gradient, float(p, 4));
    const second = mixed(v128.load(v + offset), f32x4.mul(gradient, gradient), float(p, 5));
    v128.store(m + offset, first);
    v128.store(v + offset, second);
    v128.store(x + offset, moved(p, v128.load(x + offset), first, second));
  }
  for (; offset < bytes; offset += 4) {
    const gradient = v128.load32_splat(g + offset);
    const first = mixed(v128.load32_splat(m + offset), gradient, float(p, 4));
    const second = mixed(v128.load32_splat(v + offset), f32x4.mul(gradient, gradient), float(p, 5));
    v128.store_lane<u32>(m + offset, first, 0);
    v128.store_lane<u32>(v + offset, second, 0);
    v128.store_lane<u32>(x + offset, moved(p, v128.load32_splat(x + offset), first, second), 0);
  }
}

// @ts-ignore: decorator
@inline
function mixed(old: v128, fresh: v128, share: f32): v128 {
  return f32x4.add(old, f32x4.mul(f32x4.splat(share), f32x4.sub(fresh, old)));
}

// @ts-ignore: decorator
@inline
function moved(p: usize, x: v128, first: v128, second: v128): v128 {
  const root = f32x4.sqrt(f32x4.mul(second, f32x4.splat(float(p, 7))));
  const step = f32x4.div(f32x4.mul(f32x4.splat(float(p, 6)), first), f32x4.add(root, f32x4.splat(float(p, 8))));
  return f32x4.sub(f32x4.mul(f32x4.splat(float(p, 9)), x), step);
}

/**
 * One step of Adagrad (Duchi et al. 2011, section 1.1), in place: `s = s + g^2`, `x = x - rate g / (sqrt(s) + epsilon)`.
 * Parameters: x, s, g, rate, epsilon. A unit is an element.
 */
export function adagrad(p: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const offset = <usize>i << 2;
    const gradient = load<f32>(address(p, 2) + offset);
    const squares = load<f32>(address(p, 1) + offset) + gradient * gradient;
    store<f32>(address(p, 1) + offset, squares);
    const step = (float(p, 3) * gradient) / (sqrt<f32>(squares) + float(p, 4));
    store<f32>(address(p, 0) + offset, load<f32>(address(p, 0) + offset) - step);
  }
}
