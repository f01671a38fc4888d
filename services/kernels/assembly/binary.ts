import { applyToFloats, applyToIntegers, Binary } from './binary-operations';
import { address, int } from './parameters';

/** How the operands of a row lie: both contiguous, or one of them a single value for the whole row. */
const bothVary = 0;
const onlyAVaries = 1;
const onlyBVaries = 2;

// @ts-ignore: decorator
@inline
function apply(floats: bool, operation: i32, a: v128, b: v128): v128 {
  return floats ? applyToFloats(operation, a, b) : applyToIntegers(operation, a, b);
}

// @ts-ignore: decorator
@inline
function operand(varies: bool, at: usize, offset: usize): v128 {
  return varies ? v128.load(at + offset) : v128.load32_splat(at);
}

// @ts-ignore: decorator
@inline
function oneOperand(varies: bool, at: usize, offset: usize): v128 {
  return varies ? v128.load32_splat(at + offset) : v128.load32_splat(at);
}

// @ts-ignore: decorator
@inline
function row(floats: bool, operation: i32, aVaries: bool, bVaries: bool, a: usize, b: usize, to: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let offset: usize = 0;
  for (; offset + 16 <= bytes; offset += 16) {
    v128.store(to + offset, apply(floats, operation, operand(aVaries, a, offset), operand(bVaries, b, offset)));
  }
  for (; offset < bytes; offset += 4) {
    const x = oneOperand(aVaries, a, offset);
    v128.store_lane<u32>(to + offset, apply(floats, operation, x, oneOperand(bVaries, b, offset)), 0);
  }
}

/**
 * `out = a op b` with broadcasting. Parameters: a, b, out, form (0 both vary, 1 only a, 2 only b), number of outer axes,
 * elements of a row, then for each outer axis its size and the strides of a and of b in elements. A unit is a row; with no
 * outer axis a unit is an element of the only row.
 */
// @ts-ignore: decorator
@inline
function binary(floats: bool, operation: i32, p: usize, begin: i32, end: i32): void {
  const form = int(p, 3);
  const axes = int(p, 4);
  if (axes == 0) {
    const skip = <usize>begin << 2;
    const a = address(p, 0) + (form == onlyBVaries ? 0 : skip);
    const b = address(p, 1) + (form == onlyAVaries ? 0 : skip);
    rowOf(floats, operation, form, a, b, address(p, 2) + skip, end - begin);
    return;
  }
  const count = int(p, 5);
  for (let unit = begin; unit < end; unit++) {
    let rest = unit;
    let a = 0;
    let b = 0;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const size = int(p, 6 + axis * 3);
      const next = rest / size;
      const index = rest - next * size;
      a += index * int(p, 7 + axis * 3);
      b += index * int(p, 8 + axis * 3);
      rest = next;
    }
    const to = address(p, 2) + (<usize>unit * <usize>count << 2);
    rowOf(floats, operation, form, address(p, 0) + (<usize>a << 2), address(p, 1) + (<usize>b << 2), to, count);
  }
}

// @ts-ignore: decorator
@inline
function rowOf(floats: bool, operation: i32, form: i32, a: usize, b: usize, to: usize, count: i32): void {
  if (form == bothVary) row(floats, operation, true, true, a, b, to, count);
  else if (form == onlyAVaries) row(floats, operation, true, false, a, b, to, count);
  else row(floats, operation, false, true, a, b, to, count);
}

export function add(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.add, p, begin, end);
}

export function subtract(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.subtract, p, begin, end);
}

export function multiply(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.multiply, p, begin, end);
}

export function divide(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.divide, p, begin, end);
}

export function maximum(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.maximum, p, begin, end);
}

export function minimum(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.minimum, p, begin, end);
}

export function squaredDifference(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.squaredDifference, p, begin, end);
}

export function equal(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.equal, p, begin, end);
}

export function notEqual(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.notEqual, p, begin, end);
}

export function greater(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.greater, p, begin, end);
}

export function greaterEqual(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.greaterEqual, p, begin, end);
}

export function less(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.less, p, begin, end);
}

export function lessEqual(p: usize, begin: i32, end: i32): void {
  binary(true, Binary.lessEqual, p, begin, end);
}

export function addIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.add, p, begin, end);
}

export function subtractIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.subtract, p, begin, end);
}

export function multiplyIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.multiply, p, begin, end);
}

export function maximumIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.maximum, p, begin, end);
}

export function minimumIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.minimum, p, begin, end);
}

export function squaredDifferenceIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.squaredDifference, p, begin, end);
}

export function equalIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.equal, p, begin, end);
}

export function notEqualIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.notEqual, p, begin, end);
}

export function greaterIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.greater, p, begin, end);
}

export function greaterEqualIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.greaterEqual, p, begin, end);
}

export function lessIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.less, p, begin, end);
}

export function lessEqualIntegers(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.lessEqual, p, begin, end);
}

export function logicalAnd(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.and, p, begin, end);
}

export function logicalOr(p: usize, begin: i32, end: i32): void {
  binary(false, Binary.or, p, begin, end);
}
