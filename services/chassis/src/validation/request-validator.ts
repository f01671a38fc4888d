import { type FieldViolation, failure } from '../errors/isthmus-error.js';
import { contractSchema } from './contract-schema.js';
import { MessageChecks, violationLimit } from './message-checks.js';

/** Throws FIELD_INVALID for a request that breaks a rule of the schema. */
export type RequestValidator = (request: unknown) => void;

let checks: MessageChecks | undefined;

/**
 * The validator of a method's requests, compiled from the rules of the schema; `undefined` for a method outside the
 * contracts, such as health.
 *
 * @param path `/package.Service/Method`
 */
export function requestValidator(path: string): RequestValidator | undefined {
  const method = contractSchema().methods.get(path);
  if (!method) return undefined;
  checks ??= new MessageChecks();
  const check = checks.of(method.input);
  if (!check) return undefined;
  return (request) => {
    const violations: FieldViolation[] = [];
    check(request, violations);
    if (violations.length > 0) throw fieldInvalid(violations);
  };
}

/** The error for fields at fault: the message and the metadata name the first of them, the details name all. */
export function fieldInvalid(violations: readonly FieldViolation[]): Error {
  const [first] = violations;
  if (!first) throw new Error('fieldInvalid needs a violation.');
  const others = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return failure('FIELD_INVALID', `${first.field} ${first.description}${others}.`, {
    metadata: { field: first.field, rule: first.rule },
    violations: violations.slice(0, violationLimit),
  });
}
