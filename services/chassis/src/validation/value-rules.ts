import type { DescEnum } from '@bufbuild/protobuf';
import type { ValueRule } from './check.js';
import type { RuleSet } from './rule-set.js';

/** Rules of a text: lengths in characters (code points), size in UTF-8 bytes, pattern. */
export function stringRules(rules: RuleSet): ValueRule[] {
  const found: ValueRule[] = [];
  const length = toNumber(rules.take('len'));
  const minLength = toNumber(rules.take('minLen'));
  const maxLength = toNumber(rules.take('maxLen'));
  const maxBytes = toNumber(rules.take('maxBytes'));
  const pattern = rules.take<string>('pattern');
  if (length !== undefined)
    add(
      'string.len',
      (text: string) => characters(text) === length,
      `must have exactly ${length} characters`,
    );
  if (minLength !== undefined)
    add(
      'string.min_len',
      (text: string) => characters(text) >= minLength,
      `must have at least ${minLength} characters`,
    );
  if (maxLength !== undefined)
    add(
      'string.max_len',
      (text: string) => text.length <= maxLength || characters(text) <= maxLength,
      `must have at most ${maxLength} characters`,
    );
  if (maxBytes !== undefined)
    add(
      'string.max_bytes',
      (text: string) => Buffer.byteLength(text) <= maxBytes,
      `must have at most ${maxBytes} bytes`,
    );
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    add('string.pattern', (text: string) => expression.test(text), `must match ${pattern}`);
  }
  return found;

  function add(id: string, holds: (text: string) => boolean, description: string): void {
    found.push({ id, holds, description });
  }
}

/** Rules of bytes: their number. */
export function bytesRules(rules: RuleSet): ValueRule[] {
  const found: ValueRule[] = [];
  const length = toNumber(rules.take('len'));
  const minLength = toNumber(rules.take('minLen'));
  const maxLength = toNumber(rules.take('maxLen'));
  if (length !== undefined)
    found.push({
      id: 'bytes.len',
      holds: (bytes: Uint8Array) => bytes.length === length,
      description: `must have exactly ${length} bytes`,
    });
  if (minLength !== undefined)
    found.push({
      id: 'bytes.min_len',
      holds: (bytes: Uint8Array) => bytes.length >= minLength,
      description: `must have at least ${minLength} bytes`,
    });
  if (maxLength !== undefined)
    found.push({
      id: 'bytes.max_len',
      holds: (bytes: Uint8Array) => bytes.length <= maxLength,
      description: `must have at most ${maxLength} bytes`,
    });
  return found;
}

/**
 * Rules of a number of any width. Bounds on both sides are one rule (`uint32.gte_lte`), as protovalidate has it, and
 * NaN meets no bound.
 */
export function numberRules(type: string, rules: RuleSet): ValueRule[] {
  type Value = number | bigint;
  const found: ValueRule[] = [];
  const bounds: { id: string; within: (value: Value) => boolean; words: string }[] = [];
  const greater = rules.take<Value>('gt');
  const atLeast = rules.take<Value>('gte');
  const less = rules.take<Value>('lt');
  const atMost = rules.take<Value>('lte');
  if (greater !== undefined)
    bounds.push({ id: 'gt', within: (value) => value > greater, words: `above ${greater}` });
  if (atLeast !== undefined)
    bounds.push({ id: 'gte', within: (value) => value >= atLeast, words: `at least ${atLeast}` });
  if (less !== undefined) bounds.push({ id: 'lt', within: (value) => value < less, words: `below ${less}` });
  if (atMost !== undefined)
    bounds.push({ id: 'lte', within: (value) => value <= atMost, words: `at most ${atMost}` });
  if (bounds.length > 0) {
    found.push({
      id: `${type}.${bounds.map(({ id }) => id).join('_')}`,
      holds: (value: Value) => bounds.every(({ within }) => within(value)),
      description: `must be ${bounds.map(({ words }) => words).join(' and ')}`,
    });
  }
  if (rules.take<boolean>('finite'))
    found.push({
      id: `${type}.finite`,
      holds: (value: number) => Number.isFinite(value),
      description: 'must be finite',
    });
  return found;
}

/** Rules of an enum: its values, and those that are excluded. Unknown numbers arrive as they are. */
export function enumRules(desc: DescEnum, rules: RuleSet): ValueRule[] {
  const found: ValueRule[] = [];
  const names = new Map(desc.values.map(({ number, name }) => [number, name]));
  const excluded = rules.take<number[]>('notIn');
  if (rules.take<boolean>('definedOnly'))
    found.push({
      id: 'enum.defined_only',
      holds: (value: number) => names.has(value),
      description: `must be a value of ${desc.typeName}`,
    });
  if (excluded !== undefined)
    found.push({
      id: 'enum.not_in',
      holds: (value: number) => !excluded.includes(value),
      description: `must not be ${excluded.map((value) => names.get(value) ?? value).join(' or ')}`,
    });
  return found;
}

/** Code points, which is what the schema counts. */
function characters(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    const isPair = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      count--;
      i++;
    }
  }
  return count;
}

function toNumber(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
