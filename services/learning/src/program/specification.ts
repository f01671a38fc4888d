import type { JsonObject } from '@isthmus/proof';

/** One field of a specification: its default and what it accepts. */
export interface SpecField<T> {
  readonly defaultValue: T;
  /** The value in the form that the program uses, or what is wrong with it, for example `is not an integer`. */
  check(value: unknown): { readonly value: T } | { readonly problem: string };
}

/** The fields of a specification by name. */
export type SpecFields = { readonly [name: string]: SpecField<unknown> };

/** The parsed form of a specification. */
export type SpecOf<F extends SpecFields> = {
  readonly [K in keyof F]: F[K] extends SpecField<infer T> ? T : never;
};

/**
 * Fills in defaults and checks every field. Throws one Error that lists all problems, unknown names included, so that
 * a person corrects a specification once.
 *
 * @param program name of the program for the message
 */
export function parseSpecification<F extends SpecFields>(
  program: string,
  fields: F,
  spec: JsonObject,
): SpecOf<F> {
  const problems: string[] = [];
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(spec)) {
    if (!Object.hasOwn(fields, name)) {
      problems.push(`'${name}' is not known; the fields are ${Object.keys(fields).join(', ')}`);
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (given === undefined) {
      result[name] = field.defaultValue;
      continue;
    }
    const checked = field.check(given);
    if ('value' in checked) result[name] = checked.value;
    else problems.push(`'${name}' ${checked.problem}, it is ${JSON.stringify(given)}`);
  }
  if (problems.length > 0) {
    throw new Error(`the specification for ${program} has to be corrected: ${problems.join('; ')}`);
  }
  return result as SpecOf<F>;
}

/** An integer from `min` to `max`. */
export function integerField(defaultValue: number, range: NumberRange): SpecField<number> {
  return numericField(defaultValue, range, Number.isSafeInteger, 'is not an integer');
}

/** A finite number from `min` to `max`. */
export function numberField(defaultValue: number, range: NumberRange): SpecField<number> {
  return numericField(defaultValue, range, Number.isFinite, 'is not a number');
}

/** True or false. */
export function booleanField(defaultValue: boolean): SpecField<boolean> {
  return {
    defaultValue,
    check: (value) => (typeof value === 'boolean' ? { value } : { problem: 'is neither true nor false' }),
  };
}

/** One of a few names. */
export function choiceField<const T extends string>(defaultValue: T, choices: readonly T[]): SpecField<T> {
  return {
    defaultValue,
    check: (value) => {
      const chosen = choices.find((choice) => choice === value);
      return chosen === undefined ? { problem: `is not one of ${choices.join(', ')}` } : { value: chosen };
    },
  };
}

/** A list of `minLength` to `maxLength` integers from `min` to `max`. */
export function integersField(
  defaultValue: readonly number[],
  range: NumberRange & { readonly minLength: number; readonly maxLength: number },
): SpecField<readonly number[]> {
  return {
    defaultValue,
    check: (value) => {
      if (!Array.isArray(value) || value.length < range.minLength || value.length > range.maxLength) {
        return { problem: `is not a list of ${range.minLength} to ${range.maxLength} integers` };
      }
      const good = value.every((entry) => Number.isSafeInteger(entry) && isWithin(entry, range));
      return good
        ? { value: value as readonly number[] }
        : { problem: `has an entry that is no integer from ${range.min} to ${range.max}` };
    },
  };
}

/** Inclusive bounds. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

function numericField(
  defaultValue: number,
  range: NumberRange,
  accepts: (value: unknown) => boolean,
  problem: string,
): SpecField<number> {
  return {
    defaultValue,
    check: (value) => {
      if (!accepts(value)) return { problem };
      return isWithin(value as number, range)
        ? { value: value as number }
        : { problem: `is outside of ${range.min} to ${range.max}` };
    },
  };
}

function isWithin(value: number, range: NumberRange): boolean {
  return value >= range.min && value <= range.max;
}
