import type { Json, JsonObject } from './program.js';
import { ProofError, type ProofErrorCode } from './proof-error.js';

/** A JSON object that is read member by member; everything that is not as expected throws with one code. */
export class JsonFields {
  readonly #object: JsonObject;
  readonly #code: ProofErrorCode;
  readonly #path: string;

  /** @param path where the value stands, for messages */
  constructor(value: Json | undefined, code: ProofErrorCode, path: string) {
    this.#code = code;
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ProofError(code, `${path}: expected an object`);
    }
    this.#object = value as JsonObject;
  }

  /** Names of the members. */
  get names(): string[] {
    return Object.keys(this.#object);
  }

  /** Throws where a member has another name than these. For formats that are signed as a whole. */
  only(...names: readonly string[]): this {
    const unknown = this.names.find((name) => !names.includes(name));
    if (unknown !== undefined) this.fail(unknown, 'is unknown');
    return this;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  /** The member as it is; undefined where absent. */
  value(name: string): Json | undefined {
    return this.has(name) ? this.#object[name] : undefined;
  }

  object(name: string): JsonFields {
    return new JsonFields(this.value(name), this.#code, `${this.#path}.${name}`);
  }

  jsonObject(name: string): JsonObject {
    this.object(name);
    return this.#object[name] as JsonObject;
  }

  array(name: string): readonly Json[] {
    const value = this.value(name);
    if (!Array.isArray(value)) this.fail(name, 'expected an array');
    return value as readonly Json[];
  }

  text(name: string, pattern: RegExp): string {
    const value = this.value(name);
    if (typeof value !== 'string' || !pattern.test(value))
      this.fail(name, `expected text like ${pattern.source}`);
    return value;
  }

  sha256(name: string): string {
    return this.text(name, /^[0-9a-f]{64}$/);
  }

  integer(name: string, minimum: number, maximum: number): number {
    const value = this.value(name);
    if (!Number.isSafeInteger(value) || (value as number) < minimum || (value as number) > maximum) {
      this.fail(name, `expected a whole number from ${minimum} to ${maximum}`);
    }
    return value as number;
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== 'boolean') this.fail(name, 'expected true or false');
    return value;
  }

  /** One of the given words. */
  word<const W extends string>(name: string, words: readonly W[]): W {
    const value = this.value(name);
    const found = words.find((word) => word === value);
    if (found === undefined) this.fail(name, `expected one of ${words.join(', ')}`);
    return found;
  }

  fail(name: string, problem: string): never {
    throw new ProofError(this.#code, `${this.#path}.${name}: ${problem}`);
  }
}
