/**
 * Lays a block of B `[depth, width]`, whose rows are `stride` elements apart, out in panels of eight columns: panel after
 * panel, in each one row of eight values after the other, zeros past the width. Panels before column `from` are left out.
 */
export function packColumns(b: usize, stride: i32, depth: i32, width: i32, to: usize, from: i32): void {
  const rowBytes = <usize>stride << 2;
  for (let j = from; j < width; j += 8) {
    let source = b + (<usize>j << 2);
    let target = to + <usize>(j * depth << 2);
    if (j + 8 <= width) {
      for (let k = 0; k < depth; k++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += rowBytes;
        target += 32;
      }
      continue;
    }
    const rest = width - j;
    for (let k = 0; k < depth; k++) {
      for (let column = 0; column < 8; column++) {
        const offset = <usize>column << 2;
        store<f32>(target + offset, column < rest ? load<f32>(source + offset) : 0);
      }
      source += rowBytes;
      target += 32;
    }
  }
}

/** As {@link packColumns} for a block that is stored as `[width, depth]`, its rows `stride` elements apart. */
export function packColumnsTransposed(b: usize, stride: i32, depth: i32, width: i32, to: usize): void {
  const rowBytes = <usize>stride << 2;
  for (let j = 0; j < width; j += 8) {
    const panel = to + <usize>(j * depth << 2);
    for (let half = 0; half < 2; half++) {
      const column = j + half * 4;
      const target = panel + <usize>(half << 4);
      const source = b + <usize>column * rowBytes;
      let k = 0;
      if (column + 4 <= width) {
        for (; k + 4 <= depth; k += 4) {
          transposeFour(source + (<usize>k << 2), rowBytes, target + (<usize>k << 5), 32);
        }
      }
      for (; k < depth; k++) {
        for (let lane = 0; lane < 4; lane++) {
          const value: f32 = column + lane < width ? load<f32>(source + <usize>lane * rowBytes + (<usize>k << 2)) : 0;
          store<f32>(target + (<usize>k << 5) + (<usize>lane << 2), value);
        }
      }
    }
  }
}

/**
 * Lays `height` rows of A, which is stored as `[depth, ...]` with `stride` elements from one to the next, out in groups of
 * four rows: in each four values of one k after the other. Rows past the last whole group stand one after the other.
 */
export function packRowsTransposed(a: usize, stride: i32, depth: i32, height: i32, to: usize): void {
  const stepBytes = <usize>stride << 2;
  let i = 0;
  for (; i + 4 <= height; i += 4) {
    let source = a + (<usize>i << 2);
    let target = to + <usize>(i * depth << 2);
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(source));
      source += stepBytes;
      target += 16;
    }
  }
  for (; i < height; i++) {
    let source = a + (<usize>i << 2);
    let target = to + <usize>(i * depth << 2);
    for (let k = 0; k < depth; k++) {
      store<f32>(target, load<f32>(source));
      source += stepBytes;
      target += 4;
    }
  }
}

/** Writes the transpose of a matrix of four by four; rows lie `fromBytes` and `toBytes` apart. */
// @ts-ignore: decorator
@inline
export function transposeFour(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromBytes);
  const r2 = v128.load(from + 2 * fromBytes);
  const r3 = v128.load(from + 3 * fromBytes);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
}
