import { transposeFour } from './pack';
import { address, int } from './parameters';

/**
 * Copies a box of elements from one layout to another, four bytes each: transpose, slice, pad, concat, tile and their
 * like. Parameters: from, to, number of outer axes, elements of a row, stride of a row's elements in `from` and in `to`,
 * then for each outer axis its size and both strides, in elements. A unit is a row.
 */
export function copyBox(p: usize, begin: i32, end: i32): void {
  const axes = int(p, 2);
  const count = int(p, 3);
  const fromStep = <usize>int(p, 4) << 2;
  const toStep = <usize>int(p, 5) << 2;
  for (let unit = begin; unit < end; unit++) {
    let rest = unit;
    let from = 0;
    let to = 0;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const size = int(p, 6 + axis * 3);
      const next = rest / size;
      const index = rest - next * size;
      from += index * int(p, 7 + axis * 3);
      to += index * int(p, 8 + axis * 3);
      rest = next;
    }
    let source = address(p, 0) + (<usize>from << 2);
    let target = address(p, 1) + (<usize>to << 2);
    if (fromStep == 4 && toStep == 4) {
      memory.copy(target, source, <usize>count << 2);
      continue;
    }
    for (let i = 0; i < count; i++) {
      store<u32>(target, load<u32>(source));
      source += fromStep;
      target += toStep;
    }
  }
}

/**
 * Transposes the last two axes: `[batch, rows, columns]` to `[batch, columns, rows]`. Parameters: from, to, rows, columns.
 * A unit is four rows of the input, of which the last may be fewer, counted over the batch.
 */
export function transposeMatrices(p: usize, begin: i32, end: i32): void {
  const rows = int(p, 2);
  const columns = int(p, 3);
  const bands = (rows + 3) >> 2;
  const fromBytes = <usize>columns << 2;
  const toBytes = <usize>rows << 2;
  for (let unit = begin; unit < end; unit++) {
    const batch = unit / bands;
    const row = (unit - batch * bands) << 2;
    const matrix = <usize>batch * fromBytes * <usize>rows;
    const from = address(p, 0) + matrix + <usize>row * fromBytes;
    const to = address(p, 1) + matrix + (<usize>row << 2);
    const high = min(4, rows - row);
    let j = 0;
    if (high == 4) {
      for (; j + 4 <= columns; j += 4) {
        transposeFour(from + (<usize>j << 2), fromBytes, to + <usize>j * toBytes, toBytes);
      }
    }
    for (; j < columns; j++) {
      for (let i = 0; i < high; i++) {
        const value = load<u32>(from + <usize>i * fromBytes + (<usize>j << 2));
        store<u32>(to + <usize>j * toBytes + (<usize>i << 2), value);
      }
    }
  }
}

/** Fills with one 32-bit value. Parameters: to, the value's bits. A unit is an element. */
export function fill(p: usize, begin: i32, end: i32): void {
  const bits = int(p, 1);
  const to = address(p, 0);
  for (let i = begin; i < end; i++) store<i32>(to + (<usize>i << 2), bits);
}

/**
 * Rows of a table: `out[o, i] = table[o, indices[i]]`. Parameters: table, indices, out, number of indices, elements of a
 * row, rows of the table. Indices are inside the table. A unit is a row of `out`, counted over the outer axis.
 */
export function gatherRows(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const bytes = <usize>int(p, 4) << 2;
  const tableBytes = bytes * <usize>int(p, 5);
  for (let unit = begin; unit < end; unit++) {
    const outer = unit / count;
    const index = load<i32>(address(p, 1) + (<usize>(unit - outer * count) << 2));
    const from = address(p, 0) + <usize>outer * tableBytes + <usize>index * bytes;
    copyRow(address(p, 2) + <usize>unit * bytes, from, bytes);
  }
}

/** Rows are short: a loop is quicker than a call of memory.copy. */
// @ts-ignore: decorator
@inline
function copyRow(to: usize, from: usize, bytes: usize): void {
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) v128.store(to + offset, v128.load(from + offset));
  for (; offset < bytes; offset += 4) store<u32>(to + offset, load<u32>(from + offset));
}

/**
 * Sums rows into those that indices name: `out[r] = sum over i with indices[i] = r of updates[i]`, the gradient of
 * gatherRows.
 *
 * Order: from +0, one row after the other, i ascending. Parameters: updates, indices, out, number of indices, elements of
 * a row. An index outside of the table adds nothing. A unit is a row of `out`.
 */
export function segmentSum(p: usize, begin: i32, end: i32): void {
  const count = int(p, 3);
  const bytes = <usize>int(p, 4) << 2;
  const out = address(p, 2);
  memory.fill(out + <usize>begin * bytes, 0, <usize>(end - begin) * bytes);
  for (let i = 0; i < count; i++) {
    const row = load<i32>(address(p, 1) + (<usize>i << 2));
    if (row < begin || row >= end) continue;
    addRow(out + <usize>row * bytes, address(p, 0) + <usize>i * bytes, bytes);
  }
}

// @ts-ignore: decorator
@inline
function addRow(to: usize, from: usize, bytes: usize): void {
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, f32x4.add(v128.load(to + offset), v128.load(from + offset)));
  }
  for (; offset < bytes; offset += 4) store<f32>(to + offset, load<f32>(to + offset) + load<f32>(from + offset));
}
