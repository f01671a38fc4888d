import { z } from 'zod';

/** What an option accepts, as far as texts and descriptions need it. */
export interface OptionType {
  readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'enum' | 'other';
  /** Names of an enum. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Type of an array's elements. */
  readonly items?: OptionType;
  /** The default; absent for an option that must be given. */
  readonly defaultValue?: unknown;
}

interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: SchemaNode;
  readonly default?: unknown;
}

/** Reads the type of an option off its schema. */
export function optionType(schema: z.ZodType): OptionType {
  return fromJsonSchema(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as SchemaNode);
}

/** The type in words, for example `whole number, 1 to 64`. */
export function describeType(type: OptionType): string {
  switch (type.kind) {
    case 'enum':
      return `one of ${type.values?.join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number':
      return (type.kind === 'integer' ? 'whole number' : 'number') + describeRange(type);
    case 'array':
      return `list, separated by commas, each ${type.items ? describeType(type.items) : 'a text'}`;
    case 'string':
      return 'text';
    default:
      return 'value';
  }
}

/**
 * Reads a text as the type, as flags and the environment need it. A text that does not fit is returned as it is, for
 * the schema to refuse.
 */
export function parseText(text: string, type: OptionType): unknown {
  switch (type.kind) {
    case 'integer':
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
      return text === ''
        ? []
        : text.split(',').map((part) => (type.items ? parseText(part.trim(), type.items) : part));
    default:
      return text;
  }
}

function fromJsonSchema(node: SchemaNode): OptionType {
  return {
    kind: node.enum ? 'enum' : kindOf(node.type),
    ...(node.enum ? { values: node.enum } : {}),
    ...(node.minimum === undefined ? {} : { minimum: node.minimum }),
    ...(node.maximum === undefined ? {} : { maximum: node.maximum }),
    ...(node.items ? { items: fromJsonSchema(node.items) } : {}),
    ...(node.default === undefined ? {} : { defaultValue: node.default }),
  };
}

function kindOf(type: string | undefined): OptionType['kind'] {
  const kinds: readonly string[] = ['string', 'number', 'integer', 'boolean', 'array'];
  return type !== undefined && kinds.includes(type) ? (type as OptionType['kind']) : 'other';
}

function describeRange({ minimum, maximum }: OptionType): string {
  const bounded = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (bounded(minimum) && bounded(maximum)) return `, ${minimum} to ${maximum}`;
  if (bounded(minimum)) return `, ${minimum} or more`;
  if (bounded(maximum)) return `, ${maximum} or less`;
  return '';
}
