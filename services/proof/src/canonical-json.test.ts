import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, parseCanonicalJson, parseStrictJson } from './canonical-json.js';
import type { Json } from './program.js';

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/rfc8785.vectors.json', import.meta.url), 'utf8'),
) as { cases: { file: string; input: string; output: string }[] };

const limits = { maxBytes: 1 << 24 };
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const text = (value: Json): string => Buffer.from(canonicalJson(value)).toString('utf8');
const parse = (json: string): Json => parseStrictJson(bytes(json), limits);

describe('canonicalJson', () => {
  it.each(vectors.cases)('gives the published form of $file', ({ input, output }) => {
    expect(text(parse(input))).toBe(output);
  });

  // RFC 8785, appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('prints the number %s as %s', (hex, expected) => {
    expect(text(Buffer.from(hex, 'hex').readDoubleBE())).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['undefined', { a: undefined }],
    ['a bigint', 1n],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a date', new Date(0)],
    ['a typed array', new Uint8Array(2)],
    ['a hole', new Array(1)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(expect.objectContaining({ code: 'JSON_INVALID' }));
  });

  it('is read back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
        const encoded = canonicalJson(value as Json);
        expect(canonicalJson(parseCanonicalJson(encoded, limits))).toEqual(encoded);
        // JSON has no minus zero, and no whole numbers that a double does not hold exactly.
        expect(JSON.parse(Buffer.from(encoded).toString())).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('parseStrictJson', () => {
  it.each([
    ['a repeated name', '{"a":1,"a":2}'],
    ['a name repeated by an escape', '{"a":1,"\\u0061":2}'],
    ['a repeated "__proto__"', '{"__proto__":1,"__proto__":2}'],
    ['a byte order mark', '\ufeff{}'],
    ['a lone surrogate', '"\\ud800"'],
    ['an overflow', '1e999'],
    ['an inexact whole number', '9007199254740993'],
    ['a leading zero', '01'],
    ['a plus', '+1'],
    ['a bare fraction', '.5'],
    ['a trailing comma', '[1,]'],
    ['a trailing comma in an object', '{"a":1,}'],
    ['a comment', '[1] // one'],
    ['a second value', '{} {}'],
    ['a raw control character', '"\u0001"'],
    ['an unknown escape', '"\\x41"'],
    ['single quotes', "{'a':1}"],
    ['NaN', 'NaN'],
    ['nothing', ''],
    ['an open object', '{"a":1'],
    ['an open string', '"a'],
    ['other whitespace', '\u00a0{}'],
  ])('refuses %s', (_, json) => {
    expect(() => parse(json)).toThrow(expect.objectContaining({ code: 'JSON_INVALID' }));
  });

  it('refuses bytes that are not UTF-8', () => {
    for (const invalid of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0x80, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ]) {
      expect(() => parseStrictJson(Uint8Array.from(invalid), limits)).toThrow(/UTF-8/);
    }
  });

  it('refuses too many bytes and too deep a nesting', () => {
    expect(() => parseStrictJson(bytes('"12345"'), { maxBytes: 6 })).toThrow(/7 bytes/);
    expect(() => parse('['.repeat(100_000))).toThrow(/deeper/);
    expect(parse(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeDefined();
    expect(() => parseStrictJson(bytes('[[1]]'), { maxBytes: 99, maxDepth: 1 })).toThrow(/deeper/);
  });

  it('keeps "__proto__" an ordinary name', () => {
    const value = parse('{"__proto__":{"admin":true}}') as { admin?: boolean };
    expect(value.admin).toBeUndefined();
    expect(text(value as Json)).toBe('{"__proto__":{"admin":true}}');
  });

  it('reads long strings', () => {
    expect(parse(`"${'a\\n'.repeat(500_000)}"`)).toHaveLength(1_000_000);
  });

  it('agrees with JSON.parse on what both accept', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (json) => {
        expect(JSON.stringify(parse(json))).toBe(JSON.stringify(JSON.parse(json)));
      }),
    );
  });
});

describe('parseCanonicalJson', () => {
  it.each(['{ "a":1}', '{"b":1,"a":2}', '1.0', '"\\u0061"', '{"a":1}\n'])(
    'refuses %j, which has another form',
    (json) => {
      expect(() => parseCanonicalJson(bytes(json), limits)).toThrow(/canonical form/);
    },
  );
});
