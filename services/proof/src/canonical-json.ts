import { fromUtf8, toUtf8 } from './bytes.js';
import type { Json } from './program.js';
import { ProofError } from './proof-error.js';

/**
 * Canonical JSON (RFC 8785, JCS) in UTF-8: no spaces, members in ascending order of their names' UTF-16 code units,
 * numbers as ECMAScript prints them. Throws `JSON_INVALID` on what JSON cannot hold: undefined, functions, bigint,
 * non-finite numbers, lone surrogates, objects that are no plain objects, and nesting deeper than {@link maxJsonDepth}.
 */
export function canonicalJson(value: Json): Uint8Array {
  return toUtf8(canonicalText(value, 0), 'JSON_INVALID');
}

/** Bounds on JSON that was received. */
export interface JsonLimits {
  /** Most bytes. */
  readonly maxBytes: number;
  /** Deepest nesting of arrays and objects; {@link maxJsonDepth} where absent. */
  readonly maxDepth?: number;
}

/** Deepest nesting that is ever written or accepted. */
export const maxJsonDepth = 64;

/**
 * Reads one JSON value (RFC 8259) from hostile bytes. Beyond the grammar it refuses what two parsers may read
 * differently: duplicate names, invalid UTF-8, a byte order mark, lone surrogates, numbers that overflow, and whole
 * numbers that a float64 would change. Throws `JSON_INVALID` with the position.
 */
export function parseStrictJson(bytes: Uint8Array, limits: JsonLimits): Json {
  if (bytes.length > limits.maxBytes) {
    throw new ProofError('JSON_INVALID', `the JSON has ${bytes.length} bytes, more than ${limits.maxBytes}`);
  }
  const text = fromUtf8(bytes, 'JSON_INVALID');
  return new StrictParser(text, limits.maxDepth ?? maxJsonDepth).document();
}

/** As {@link parseStrictJson}, and refuses bytes that are not the canonical form of their value. */
export function parseCanonicalJson(bytes: Uint8Array, limits: JsonLimits): Json {
  const value = parseStrictJson(bytes, limits);
  if (Buffer.compare(canonicalJson(value), bytes) !== 0) {
    throw new ProofError('JSON_INVALID', 'the JSON is not in its canonical form (RFC 8785)');
  }
  return value;
}

function canonicalText(value: Json, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ProofError('JSON_INVALID', `JSON cannot hold ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new ProofError('JSON_INVALID', `JSON cannot hold a ${typeof value}`);
  if (depth >= maxJsonDepth) throw new ProofError('JSON_INVALID', `nested deeper than ${maxJsonDepth}`);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (element: Json) => canonicalText(element, depth + 1)).join(',')}]`;
  }
  // The tag, and not the prototype, so that objects of another realm (a sandboxed program's) are plain too.
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw new ProofError('JSON_INVALID', 'JSON holds plain objects only');
  }
  const object = value as { readonly [name: string]: Json };
  const members = Object.keys(object).sort();
  const texts = members.map((name) => `${quoted(name)}:${canonicalText(object[name] as Json, depth + 1)}`);
  return `{${texts.join(',')}}`;
}

function quoted(text: string): string {
  if (loneSurrogate.test(text)) throw new ProofError('JSON_INVALID', 'a string holds a lone surrogate');
  return JSON.stringify(text);
}

const loneSurrogate = /\p{Surrogate}/u;

const whitespace = /[ \t\n\r]*/y;
const numberToken = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids raw control characters, so this names them.
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literals: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class StrictParser {
  readonly #text: string;
  readonly #maxDepth: number;
  #position = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): Json {
    const value = this.#value(0);
    this.#match(whitespace);
    if (this.#position !== this.#text.length) this.#fail('something follows the value');
    return value;
  }

  #value(depth: number): Json {
    this.#match(whitespace);
    switch (this.#text[this.#position]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
    }
    for (const [word, value] of literals) {
      if (this.#text.startsWith(word, this.#position)) {
        this.#position += word.length;
        return value;
      }
    }
    return this.#number();
  }

  #object(depth: number): Json {
    this.#enter(depth);
    const object: { [name: string]: Json } = {};
    if (this.#accept('}')) return object;
    do {
      this.#match(whitespace);
      const name = this.#string();
      if (Object.hasOwn(object, name)) this.#fail(`the name ${JSON.stringify(name)} appears twice`);
      if (!this.#accept(':')) this.#fail('expected ":"');
      // An own property even for the name "__proto__", which an assignment would not make.
      Object.defineProperty(object, name, {
        value: this.#value(depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } while (this.#accept(','));
    if (!this.#accept('}')) this.#fail('expected "," or "}"');
    return object;
  }

  #array(depth: number): Json {
    this.#enter(depth);
    const array: Json[] = [];
    if (this.#accept(']')) return array;
    do array.push(this.#value(depth + 1));
    while (this.#accept(','));
    if (!this.#accept(']')) this.#fail('expected "," or "]"');
    return array;
  }

  #string(): string {
    const token = this.#match(stringToken);
    if (token === undefined) this.#fail('expected a string');
    const text = JSON.parse(token) as string;
    if (loneSurrogate.test(text)) this.#fail('a string holds a lone surrogate');
    return text;
  }

  #number(): number {
    const token = this.#match(numberToken);
    if (token === undefined) this.#fail('expected a value');
    const value = Number(token);
    if (!Number.isFinite(value)) this.#fail('a number overflows');
    if (/^-?[0-9]+$/.test(token) && !Number.isSafeInteger(value) && String(value) !== token) {
      this.#fail('a whole number is not one that a float64 holds');
    }
    return value;
  }

  #enter(depth: number): void {
    if (depth >= this.#maxDepth) this.#fail(`nested deeper than ${this.#maxDepth}`);
    this.#position++;
  }

  #accept(character: string): boolean {
    this.#match(whitespace);
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#position += found.length;
    return found;
  }

  #fail(problem: string): never {
    throw new ProofError('JSON_INVALID', `JSON, character ${this.#position}: ${problem}`);
  }
}
