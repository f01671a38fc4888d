import type { Cell } from './table.js';

/** A value, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

/** How a file writes times. */
export type TimestampUnit = 'seconds' | 'milliseconds' | 'iso-8601';

/** Longest id, category or token, in UTF-16 code units (the record's own bound in bytes is checked as well). */
const longestText = 1_024;
const utf8 = new TextEncoder();

/** An id or a name: text or a number, not empty, at most 1,024 bytes. */
export function readToken(cell: Cell): Read<string> {
  if (cell === null || cell === undefined || cell === '') return { problem: 'is empty' };
  if (typeof cell === 'number' && !Number.isFinite(cell)) return { problem: 'is not a number' };
  if (typeof cell === 'object') return { problem: 'is a list or a date where one value was expected' };
  const text = String(cell);
  if (text.length > longestText / 3 && utf8.encode(text).length > longestText) {
    return { problem: `is longer than ${longestText} bytes` };
  }
  return { value: text };
}

/** A finite number that float32 can hold. Text has to be decimal, as in `-1.5e3`. */
export function readNumber(cell: Cell): Read<number> {
  const number = toNumber(cell);
  if (number === undefined) return { problem: describeCell(cell, 'is not a number') };
  if (!Number.isFinite(Math.fround(number)))
    return { problem: describeCell(cell, 'is too large for float32') };
  return { value: number };
}

/** Milliseconds since 1970, rounded to an integer. */
export function readTimestamp(cell: Cell, unit: TimestampUnit): Read<number> {
  if (cell instanceof Date) return checkedTime(cell.getTime(), cell);
  if (unit === 'iso-8601') {
    if (typeof cell !== 'string' || !isoDate.test(cell)) {
      return { problem: describeCell(cell, 'is not an ISO 8601 date') };
    }
    return checkedTime(Date.parse(cell), cell);
  }
  const number = toNumber(cell);
  if (number === undefined) return { problem: describeCell(cell, 'is not a number') };
  return checkedTime(Math.round(unit === 'seconds' ? number * 1_000 : number), cell);
}

/** Several tokens: a list, or text separated by spaces. Empty text has none. */
export function readTokens(cell: Cell): Read<readonly string[]> {
  const parts = toList(cell);
  const tokens: string[] = [];
  for (const part of parts) {
    const token = readToken(part);
    if ('problem' in token) return { problem: `has a token that ${token.problem}` };
    tokens.push(token.value);
  }
  return { value: tokens };
}

/** Several numbers: a list, or text separated by spaces. */
export function readNumbers(cell: Cell): Read<readonly number[]> {
  const numbers: number[] = [];
  for (const part of toList(cell)) {
    const number = readNumber(part);
    if ('problem' in number) return { problem: number.problem };
    numbers.push(number.value);
  }
  return { value: numbers };
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
/** Dates reach so far (ECMAScript's time range). */
const latestMs = 8.64e15;

function toNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'string' && cell.length <= 64 && decimal.test(cell)) return Number(cell);
  return undefined;
}

function toList(cell: Cell): readonly Cell[] {
  if (cell === null || cell === undefined) return [];
  if (Array.isArray(cell)) return cell;
  if (typeof cell === 'string') return cell.split(' ').filter((part) => part !== '');
  return [cell];
}

function checkedTime(timestampMs: number, cell: Cell): Read<number> {
  if (!(Math.abs(timestampMs) <= latestMs)) return { problem: describeCell(cell, 'is not a time') };
  return { value: timestampMs };
}

function describeCell(cell: Cell, problem: string): string {
  if (cell === null || cell === undefined || cell === '') return 'is empty';
  const text = Array.isArray(cell) ? 'a list' : `'${String(cell).slice(0, 40)}'`;
  return `${text} ${problem}`;
}
