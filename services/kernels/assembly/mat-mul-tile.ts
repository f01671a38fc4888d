/**
 * Four rows of A times eight columns of B, added to a tile of C. `packed`: the four rows stand interleaved, four values a k;
 * otherwise they lie `aBytes` apart. `direct`: the rows of B lie `bBytes` apart; otherwise a packed panel, 32 bytes a k.
 * `fresh`: the tile starts from +0 in place of what C holds.
 */
// @ts-ignore: decorator
@inline
export function tile(
  packed: bool, direct: bool, a: usize, aBytes: usize, b: usize, bBytes: usize, depth: i32,
  c: usize, cBytes: usize, fresh: bool,
): void {
  const a1 = a + aBytes;
  const a2 = a1 + aBytes;
  const a3 = a2 + aBytes;
  const c1 = c + cBytes;
  const c2 = c1 + cBytes;
  const c3 = c2 + cBytes;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (!fresh) {
    s00 = v128.load(c);
    s01 = v128.load(c, 16);
    s10 = v128.load(c1);
    s11 = v128.load(c1, 16);
    s20 = v128.load(c2);
    s21 = v128.load(c2, 16);
    s30 = v128.load(c3);
    s31 = v128.load(c3, 16);
  }
  let at: usize = 0;
  const end = packed ? <usize>depth << 4 : <usize>depth << 2;
  const step: usize = packed ? 16 : 4;
  while (at < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = packed ? v128.load32_splat(a + at) : v128.load32_splat(a + at);
    s00 = f32x4.add(s00, f32x4.mul(x0, b0));
    s01 = f32x4.add(s01, f32x4.mul(x0, b1));
    const x1 = packed ? v128.load32_splat(a + at, 4) : v128.load32_splat(a1 + at);
    s10 = f32x4.add(s10, f32x4.mul(x1, b0));
    s11 = f32x4.add(s11, f32x4.mul(x1, b1));
    const x2 = packed ? v128.load32_splat(a + at, 8) : v128.load32_splat(a2 + at);
    s20 = f32x4.add(s20, f32x4.mul(x2, b0));
    s21 = f32x4.add(s21, f32x4.mul(x2, b1));
    const x3 = packed ? v128.load32_splat(a + at, 12) : v128.load32_splat(a3 + at);
    s30 = f32x4.add(s30, f32x4.mul(x3, b0));
    s31 = f32x4.add(s31, f32x4.mul(x3, b1));
    at += step;
    b += direct ? bBytes : 32;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** One row of A, contiguous, times eight columns of B whose rows lie `bBytes` apart, added to eight values of C. */
export function rowTimesPanel(a: usize, b: usize, bBytes: usize, depth: i32, c: usize, fresh: bool): void {
  let s0 = fresh ? f32x4.splat(0) : v128.load(c);
  let s1 = fresh ? s0 : v128.load(c, 16);
  for (let k = 0; k < depth; k++) {
    const x = v128.load32_splat(a);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)));
    a += 4;
    b += bBytes;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
}
