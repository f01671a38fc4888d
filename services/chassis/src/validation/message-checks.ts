import {
  type DescExtension,
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import type { FieldViolation } from '../errors/isthmus-error.js';
import { type Check, checkMember, checkRules, type ValueRule } from './check.js';
import { contractSchema } from './contract-schema.js';
import { RuleSet } from './rule-set.js';
import { bytesRules, enumRules, numberRules, stringRules } from './value-rules.js';

/** Checks of messages in the form that ts-proto gives them, compiled once a type from the rules of the schema. */
export class MessageChecks {
  readonly #byType = new Map<string, Check>();
  readonly #fieldOption: DescExtension;

  constructor() {
    const extension = contractSchema().registry.getExtension('buf.validate.field');
    if (!extension)
      throw new Error('The compiled contracts lack buf/validate/validate.proto. Generate them again.');
    this.#fieldOption = extension;
  }

  /** The check of a message type. Types outside `isthmus.` carry no rules and are not looked into. */
  of(desc: DescMessage): Check | undefined {
    if (!desc.typeName.startsWith('isthmus.')) return undefined;
    const known = this.#byType.get(desc.typeName);
    if (known) return known;
    const members: MemberCheck[] = [];
    const check: Check = (message, violations) => {
      for (const member of members) member(message as Record<string, unknown>, violations);
    };
    this.#byType.set(desc.typeName, check); // before the members, which may hold the type itself
    for (const field of desc.fields) {
      const member = this.#member(field);
      if (member) members.push(member);
    }
    return check;
  }

  #member(field: DescField): MemberCheck | undefined {
    const { rules, isRequired } = this.#rulesOf(field);
    const check = this.#fieldCheck(field, rules);
    rules?.close();
    if (!check && !isRequired) return undefined;
    const { name, localName, oneof } = field;
    if (oneof) {
      return (message, violations) => {
        const choice = message[oneof.localName] as { $case: string; value: unknown } | undefined;
        if (choice?.$case === localName) {
          if (check) checkMember(check, choice.value, name, violations);
        } else if (isRequired) violations.push(missing(name));
      };
    }
    return (message, violations) => {
      const value = message[localName];
      if (isRequired && isAbsent(value)) violations.push(missing(name));
      else if (check && value !== undefined) checkMember(check, value, name, violations);
    };
  }

  #fieldCheck(field: DescField, rules: RuleSet | undefined): Check | undefined {
    switch (field.fieldKind) {
      case 'message':
        return this.of(field.message);
      case 'scalar':
        return rules && ofRules(scalarRules(field.scalar, rules));
      case 'enum':
        return rules && ofRules(enumRules(field.enum, rules));
      case 'list':
        return this.#listCheck(field, rules);
      case 'map':
        return this.#mapCheck(field, rules);
    }
  }

  #listCheck(field: DescField & { fieldKind: 'list' }, rules: RuleSet | undefined): Check | undefined {
    const minItems = Number(rules?.take<bigint>('minItems') ?? 0n);
    const maxItems = Number(rules?.take<bigint>('maxItems') ?? Number.POSITIVE_INFINITY);
    const item = this.#elementCheck(field, rules?.take<Message>('items'));
    if (!item && minItems === 0 && maxItems === Number.POSITIVE_INFINITY) return undefined;
    return (value, violations) => {
      const list = value as readonly unknown[];
      if (list.length < minItems)
        violations.push({
          field: '',
          rule: 'repeated.min_items',
          description: `must have at least ${minItems} items`,
        });
      if (list.length > maxItems) {
        // The items of a list that is too long are not looked at: the bound is there to save that work.
        violations.push({
          field: '',
          rule: 'repeated.max_items',
          description: `must have at most ${maxItems} items`,
        });
        return;
      }
      if (!item) return;
      for (let i = 0; i < list.length; i++) {
        const before = violations.length;
        item(list[i], violations);
        if (violations.length > before) prefixIndex(violations, before, String(i));
        if (violations.length >= violationLimit) return;
      }
    };
  }

  #mapCheck(field: DescField & { fieldKind: 'map' }, rules: RuleSet | undefined): Check | undefined {
    const maxPairs = Number(rules?.take<bigint>('maxPairs') ?? Number.POSITIVE_INFINITY);
    const value = this.#elementCheck(field, rules?.take<Message>('values'));
    if (!value && maxPairs === Number.POSITIVE_INFINITY) return undefined;
    return (map, violations) => {
      const entries = Object.entries(map as Record<string, unknown>);
      if (entries.length > maxPairs) {
        violations.push({
          field: '',
          rule: 'map.max_pairs',
          description: `must have at most ${maxPairs} entries`,
        });
        return;
      }
      if (!value) return;
      for (const [key, entry] of entries) {
        const before = violations.length;
        value(entry, violations);
        if (violations.length > before) prefixIndex(violations, before, JSON.stringify(key));
      }
    };
  }

  /** The check of a list's items or a map's values. */
  #elementCheck(
    field: DescField & { fieldKind: 'list' | 'map' },
    options: Message | undefined,
  ): Check | undefined {
    const kind = field.fieldKind === 'list' ? field.listKind : field.mapKind;
    if (kind === 'message') return this.of(field.message!);
    if (!options) return undefined;
    const rules = typeRules(options, `${field.parent.typeName}.${field.name}`);
    const found =
      kind === 'enum' ? enumRules(field.enum!, rules.rules) : scalarRules(field.scalar!, rules.rules);
    rules.rules.close();
    return ofRules(found);
  }

  #rulesOf(field: DescField): { rules: RuleSet | undefined; isRequired: boolean } {
    if (!hasOption(field, this.#fieldOption)) return { rules: undefined, isRequired: false };
    return typeRules(
      getOption(field, this.#fieldOption) as Message,
      `${field.parent.typeName}.${field.name}`,
    );
  }
}

/** Most violations that one request is told: enough to mend it, and a bound on the work. */
export const violationLimit = 16;

type MemberCheck = (message: Record<string, unknown>, violations: FieldViolation[]) => void;

/** Splits `buf.validate.FieldRules` into the rules of the value's type and what concerns its presence. */
function typeRules(options: Message, subject: string): { rules: RuleSet; isRequired: boolean } {
  const { type, required, ...others } = options as Message & {
    type: { value?: Message };
    required?: boolean;
  };
  new RuleSet(others as Message, subject).close();
  return { rules: new RuleSet(type.value ?? ({} as Message), subject), isRequired: required === true };
}

function scalarRules(type: ScalarType, rules: RuleSet): ValueRule[] {
  if (type === ScalarType.STRING) return stringRules(rules);
  if (type === ScalarType.BYTES) return bytesRules(rules);
  return numberRules(ScalarType[type].toLowerCase(), rules);
}

function ofRules(rules: readonly ValueRule[]): Check | undefined {
  return rules.length > 0 ? checkRules(rules) : undefined;
}

function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === 0n ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Uint8Array && value.length === 0)
  );
}

function missing(field: string): FieldViolation {
  return { field, rule: 'required', description: 'must be given' };
}

function prefixIndex(violations: FieldViolation[], from: number, index: string): void {
  for (let i = from; i < violations.length; i++) {
    const { field, ...rest } = violations[i]!;
    violations[i] = {
      field: `[${index}]${field === '' || field.startsWith('[') ? '' : '.'}${field}`,
      ...rest,
    };
  }
}
