import type { CommittedInteractions } from './committed-interactions.js';
import type { UserHistory } from './user-history.js';

/** One in so many records belongs to the validation part. */
const oneIn = 4;
/** Fewest target events of a validation record: one is held back, and two are left to know the user by. */
const fewestTargetEvents = 3;

/**
 * Whether the last target event of a record is held back for validation: about a quarter of the records with three target
 * events or more, spread by Fibonacci hashing of their index. It is a rule of the data, not a draw of a program, so that a
 * representation and the retrieval model that reads it hold back the same events: what one of them learnt from an event, the
 * other could not honestly be validated by.
 */
export function isValidationRecord(data: CommittedInteractions, record: number): boolean {
  if ((Math.imul(record + 1, 0x9e3779b1) >>> 0) % oneIn !== 0) return false;
  let events = 0;
  for (const domain of data.history(record).domains) if (domain === data.targetDomain) events++;
  return events >= fewestTargetEvents;
}

/** The same data without what is held back for validation. */
export function withoutValidation(data: CommittedInteractions): CommittedInteractions {
  const shortened = new WeakMap<UserHistory, UserHistory>();
  return {
    ...data,
    history(record) {
      const whole = data.history(record);
      if (!isValidationRecord(data, record)) return whole;
      let rest = shortened.get(whole);
      if (rest === undefined) {
        rest = withoutEvent(whole, whole.domains.lastIndexOf(data.targetDomain));
        shortened.set(whole, rest);
      }
      return rest;
    },
  };
}

function withoutEvent(history: UserHistory, position: number): UserHistory {
  const kept = (_: number, at: number): boolean => at !== position;
  return {
    length: history.length - 1,
    domains: history.domains.filter(kept),
    items: history.items.filter(kept),
    timestampsMs: history.timestampsMs.filter(kept),
    values: history.values.filter(kept),
  };
}
