import { address, int, scratchMemory } from './parameters';
import { packColumns, packColumnsTransposed, packRowsTransposed } from './pack';
import { rowTimesPanel, tile } from './mat-mul-tile';

/** Columns and products of one packed block of B: 512 KiB of scratch. */
const columnBlock = 512;
const depthBlock = 256;
/** Rows of one packed block of A: 64 KiB of scratch. */
const rowBlock = 64;
const packedA: usize = <usize>columnBlock * <usize>depthBlock * 4;
const edgeTile: usize = packedA + <usize>rowBlock * <usize>depthBlock * 4;

/**
 * Batched matrix product `C[b, i, j] = act(bias[j] + sum over k of A[b, i, k] B[b, k, j])`, `act` being the identity or
 * max(0, x).
 *
 * Order: one accumulator an output, k ascending from +0, each product rounded, then each sum rounded; the bias is added to
 * the finished sum.
 *
 * Parameters: A, B, C, rows, columns, depth, whether A is stored transposed, whether B is, elements from one matrix of a
 * batch to the next of A, of B, of C, bias (0 for none), whether to rectify. A unit is a row of C, counted over the batch.
 */
export function matMul(p: usize, begin: i32, end: i32): void {
  const rows = int(p, 3);
  const columns = int(p, 4);
  const depth = int(p, 5);
  const transposedA = int(p, 6) != 0;
  const transposedB = int(p, 7) != 0;
  while (begin < end) {
    const batch = begin / rows;
    const first = begin - batch * rows;
    const last = min(rows, first + end - begin);
    multiply(
      address(p, 0) + (<usize>batch * <usize>int(p, 8) << 2), transposedA ? rows : depth, transposedA,
      address(p, 1) + (<usize>batch * <usize>int(p, 9) << 2), transposedB ? depth : columns, transposedB,
      address(p, 2) + (<usize>batch * <usize>int(p, 10) << 2), columns,
      first, last, columns, depth, address(p, 11), int(p, 12) != 0,
    );
    begin += last - first;
  }
}

/**
 * Rows `first` to `last` - 1 of one product in the order of {@link matMul}. The rows of A, B and C as they are stored lie
 * `aStride`, `bStride` and `cStride` elements apart.
 */
export function multiply(
  a: usize, aStride: i32, transposedA: bool, b: usize, bStride: i32, transposedB: bool, c: usize, cStride: i32,
  first: i32, last: i32, columns: i32, depth: i32, bias: usize, rectified: bool,
): void {
  const scratch = scratchMemory();
  // With few rows a block of B would be packed for hardly more than one reading.
  const direct = !transposedA && !transposedB && last - first < 12;
  for (let j = 0; j < columns; j += columnBlock) {
    const width = min(columnBlock, columns - j);
    for (let k = 0; k < depth || k == 0; k += depthBlock) {
      const deep = min(depthBlock, depth - k);
      const corner = transposedB
        ? b + (<usize>(j * bStride + k) << 2)
        : b + (<usize>(k * bStride + j) << 2);
      if (transposedB) packColumnsTransposed(corner, bStride, deep, width, scratch);
      else packColumns(corner, bStride, deep, width, scratch, direct ? width & ~7 : 0);
      for (let i = first; i < last; i += rowBlock) {
        const high = min(rowBlock, last - i);
        let rowStart = a + (<usize>(i * aStride + k) << 2);
        if (transposedA) {
          packRowsTransposed(a + (<usize>(k * aStride + i) << 2), aStride, deep, high, scratch + packedA);
          rowStart = scratch + packedA;
        }
        const finished = k + deep >= depth;
        blockProduct(
          rowStart, transposedA, aStride, corner, direct, bStride, scratch,
          c + (<usize>(i * cStride + j) << 2), cStride, high, width, deep, k == 0,
          finished && bias != 0 ? bias + (<usize>j << 2) : 0, finished && rectified,
        );
      }
    }
  }
}

/** Adds the product of a block of A and a block of B to a block of C, panel by panel of eight columns. */
// @ts-ignore: decorator
@inline
function blockProduct(
  a: usize, packed: bool, aStride: i32, b: usize, direct: bool, bStride: i32, scratch: usize,
  c: usize, cStride: i32, high: i32, width: i32, deep: i32, fresh: bool, bias: usize, rectified: bool,
): void {
  const aBytes = <usize>aStride << 2;
  const bBytes = <usize>bStride << 2;
  const rowBytes = <usize>cStride << 2;
  for (let j = 0; j < width; j += 8) {
    const whole = j + 8 <= width;
    const panel = scratch + <usize>(j * deep << 2);
    const isDirect = direct && whole;
    for (let i = 0; i < high; ) {
      const target = c + <usize>i * rowBytes + (<usize>j << 2);
      const four = high - i >= 4;
      const tall = four ? 4 : 1;
      let at = target;
      let atBytes = rowBytes;
      if (!whole) {
        at = scratch + edgeTile;
        atBytes = 32;
        if (!fresh) copyTile(target, rowBytes, at, 32, tall, width - j);
      }
      // Packed rows stand in groups of four, `deep` times four values each; what is left of them stands row by row.
      const source = packed ? a + <usize>(i * deep << 2) : a + <usize>i * aBytes;
      if (four) {
        if (packed) tile(true, false, source, 0, panel, 32, deep, at, atBytes, fresh);
        else if (isDirect) tile(false, true, source, aBytes, b + (<usize>j << 2), bBytes, deep, at, atBytes, fresh);
        else tile(false, false, source, aBytes, panel, 32, deep, at, atBytes, fresh);
      } else if (isDirect) rowTimesPanel(source, b + (<usize>j << 2), bBytes, deep, at, fresh);
      else rowTimesPanel(source, panel, 32, deep, at, fresh);
      if (bias != 0) addBias(at, atBytes, tall, bias + (<usize>j << 2), whole ? 8 : width - j);
      if (rectified) rectifyTile(at, atBytes, tall);
      if (!whole) copyTile(at, 32, target, rowBytes, tall, width - j);
      i += tall;
    }
  }
}

function addBias(at: usize, rowBytes: usize, rows: i32, bias: usize, width: i32): void {
  for (let i = 0; i < rows; i++) {
    const row = at + <usize>i * rowBytes;
    if (width == 8) {
      v128.store(row, f32x4.add(v128.load(row), v128.load(bias)));
      v128.store(row, f32x4.add(v128.load(row, 16), v128.load(bias, 16)), 16);
      continue;
    }
    for (let j = 0; j < width; j++) {
      const offset = <usize>j << 2;
      store<f32>(row + offset, load<f32>(row + offset) + load<f32>(bias + offset));
    }
  }
}

/** max(0, x) of rows of eight values. */
function rectifyTile(at: usize, rowBytes: usize, rows: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    const row = at + <usize>i * rowBytes;
    v128.store(row, f32x4.max(v128.load(row), zero));
    v128.store(row, f32x4.max(v128.load(row, 16), zero), 16);
  }
}

function copyTile(from: usize, fromBytes: usize, to: usize, toBytes: usize, rows: i32, width: i32): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(to + <usize>i * toBytes, from + <usize>i * fromBytes, <usize>width << 2);
  }
}
