import { Operand } from './reference-cases.js';

/** What the cases compute with. */
export const a = new Operand([3, 5, 7], 11);
export const b = new Operand([3, 5, 7], 29);
export const row = new Operand([7], 5);
export const column = new Operand([5, 1], 6);
export const positive = new Operand([3, 5, 7], 3, 2.5);
export const left = new Operand([9, 13], 41);
export const right = new Operand([13, 11], 43);
export const rightTransposed = new Operand([11, 13], 47);
export const leftTransposed = new Operand([13, 9], 53);
export const batch = new Operand([4, 6, 10], 59);
export const batchRight = new Operand([4, 10, 3], 61);
export const rows = Int32Array.of(4, 0, 2, 2, 4, 1);
export const lookup = new Operand([5, 6], 71);
