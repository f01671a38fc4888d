import type { FieldViolation } from '../errors/isthmus-error.js';

/**
 * Appends what is wrong with a value, with paths relative to it. Nothing is allocated for a value that is right:
 * callers prefix the paths of what was appended, on the way out.
 */
export type Check = (value: unknown, violations: FieldViolation[]) => void;

/** A rule of one value: an id as protovalidate names it, a test, and what would be right in words. */
export interface ValueRule {
  readonly id: string;
  readonly holds: (value: never) => boolean;
  readonly description: string;
}

/** The check of all rules of one value. */
export function checkRules(rules: readonly ValueRule[]): Check {
  return (value, violations) => {
    for (const { id, holds, description } of rules) {
      if (!holds(value as never)) violations.push({ field: '', rule: id, description });
    }
  };
}

/** Runs a check on a member and puts the member's name before the paths of what it found. */
export function checkMember(
  check: Check,
  value: unknown,
  member: string,
  violations: FieldViolation[],
): void {
  const before = violations.length;
  check(value, violations);
  for (let i = before; i < violations.length; i++) {
    const { field, ...rest } = violations[i]!;
    const glue = field === '' || field.startsWith('[') ? '' : '.';
    violations[i] = { field: member + glue + field, ...rest };
  }
}
