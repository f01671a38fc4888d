import type { Message } from '@bufbuild/protobuf';

/**
 * The rules that a message of buf/validate/validate.proto sets, read one by one. {@link RuleSet.close} refuses those
 * that nobody asked for: a rule of the contract is enforced or the program does not start.
 */
export class RuleSet {
  readonly #rules: ReadonlyMap<string, unknown>;
  readonly #taken = new Set<string>();
  readonly #subject: string;

  constructor(message: Message, subject: string) {
    this.#subject = subject;
    this.#rules = new Map(Object.entries(message).flatMap(([name, value]) => assigned(name, value)));
  }

  /** The value of a rule, or `undefined` where it is not set. */
  take<T>(name: string): T | undefined {
    this.#taken.add(name);
    return this.#rules.get(name) as T | undefined;
  }

  /** @throws Error where a rule is set that was not taken. */
  close(): void {
    const left = [...this.#rules.keys()].filter((name) => !this.#taken.has(name));
    if (left.length > 0)
      throw new Error(`${this.#subject}: the rule ${left.join(', ')} is not supported here.`);
  }
}

/** Own members are those that are set; a oneof contributes the member that it holds. */
function assigned(name: string, value: unknown): [string, unknown][] {
  if (name.startsWith('$') || name === 'example') return [];
  if (Array.isArray(value)) return value.length > 0 ? [[name, value]] : [];
  if (isOneof(value)) return value.case === undefined ? [] : [[value.case, value.value]];
  return value === undefined ? [] : [[name, value]];
}

function isOneof(value: unknown): value is { case?: string; value?: unknown } {
  return (
    typeof value === 'object' && value !== null && !('$typeName' in value) && !(value instanceof Uint8Array)
  );
}
