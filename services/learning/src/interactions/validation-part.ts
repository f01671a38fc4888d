import type { CommittedInteractions } from './committed-interactions.js';
import { eventPositions } from './event-positions.js';
import { emptyHistory, historyPrefix, historySelection, type UserHistory } from './user-history.js';
import { recordBitmap, validationRuleOf } from './validation-rule.js';

/** What a record is validated by. */
export interface ValidationCase {
  /** What is known of the user. */
  readonly history: UserHistory;
  /** Items of the target domain that were taken afterwards, in order, without repetition; at least one. */
  readonly targets: Uint32Array;
  /** When the first of them was taken, Unix time in milliseconds. */
  readonly timestampMs: number;
}

/**
 * Whether something of a record is held back for validation. It is a rule of the data, not a draw of a program, so that a
 * representation and the retrieval model that reads it hold back the same events: what one of them learnt from an event, the
 * other could not honestly be validated by. The rule is the one in the description's split ({@link ValidationRule}); where that
 * has none, the last target event of about a quarter of the records with three target events or more.
 */
export function isValidationRecord(data: CommittedInteractions, record: number): boolean {
  return validationCase(data, record) !== undefined;
}

/** What a record is validated by; undefined where it is not. */
export function validationCase(data: CommittedInteractions, record: number): ValidationCase | undefined {
  const parts = partsOf(data);
  const history = data.history(record);
  return parts.isHeld(record, history) ? parts.divide(history).known : undefined;
}

/** The same data without what is held back for validation: what a program may learn from. */
export function withoutValidation(data: CommittedInteractions): CommittedInteractions {
  const parts = partsOf(data);
  return {
    ...data,
    history(record) {
      const history = data.history(record);
      return parts.isHeld(record, history) ? parts.divide(history).learnt : history;
    },
  };
}

/** A record in two: what is learnt from, and what is validated by. */
interface DividedRecord {
  readonly learnt: UserHistory;
  /** Undefined where nothing is known or nothing was taken afterwards. */
  readonly known: ValidationCase | undefined;
}

/** A rule at work. It is handed histories and reads none: what a segment reads must not depend on what is remembered. */
interface ValidationParts {
  isHeld(record: number, history: UserHistory): boolean;
  /** Divides the history of a record that is held back from. */
  divide(history: UserHistory): DividedRecord;
}

const partsByData = new WeakMap<CommittedInteractions, ValidationParts>();

function partsOf(data: CommittedInteractions): ValidationParts {
  let parts = partsByData.get(data);
  if (parts === undefined) {
    parts = remembering(partsByRule(data));
    partsByData.set(data, parts);
  }
  return parts;
}

function remembering({ isHeld, divide }: ValidationParts): ValidationParts {
  const divided = new WeakMap<UserHistory, DividedRecord>();
  return {
    isHeld,
    divide(history) {
      const known = divided.get(history) ?? divide(history);
      divided.set(history, known);
      return known;
    },
  };
}

function partsByRule({ targetDomain, description }: CommittedInteractions): ValidationParts {
  const rule = validationRuleOf(description?.split ?? {});
  switch (rule?.rule) {
    case 'last-event':
      return lastEvents(targetDomain, rule.firstOnly);
    case 'later-part':
      return laterParts(targetDomain, rule);
    case 'target-domain':
      return targetDomains(targetDomain, recordBitmap(rule.records));
    default:
      return quarterOfRecords(targetDomain);
  }
}

function lastEvents(targetDomain: number, firstOnly: boolean): ValidationParts {
  const positions = (history: UserHistory) => eventPositions(history, { targetDomain, firstOnly });
  return {
    isHeld: (_, history) => positions(history).length >= 2,
    divide(history) {
      const position = positions(history).at(-1)!;
      const learnt = historyPrefix(history, position);
      return { learnt, known: caseOf(learnt, history, [position]) };
    },
  };
}

function laterParts(
  targetDomain: number,
  { share, records }: { readonly share: number; readonly records: string },
): ValidationParts {
  const isListed = recordBitmap(records);
  const cutOf = (history: UserHistory) => Math.floor(share * history.length);
  const later = (history: UserHistory) =>
    eventPositions(history, { targetDomain }).filter((position) => position >= cutOf(history));
  return {
    isHeld: isListed,
    divide: (history) => ({
      learnt: emptyHistory,
      known: caseOf(historyPrefix(history, cutOf(history)), history, later(history)),
    }),
  };
}

function targetDomains(targetDomain: number, isListed: (record: number) => boolean): ValidationParts {
  const targets = (history: UserHistory) => eventPositions(history, { targetDomain });
  return {
    isHeld: isListed,
    divide(history) {
      const held = targets(history);
      const rest = withoutEvents(history, held);
      return { learnt: rest, known: caseOf(rest, history, held) };
    },
  };
}

/** One in so many records belongs to the validation part. */
const oneIn = 4;
/** Fewest target events of a validation record: one is held back, and two are left to know the user by. */
const fewestTargetEvents = 3;

/** Records are spread by Fibonacci hashing of their index. */
function quarterOfRecords(targetDomain: number): ValidationParts {
  const positions = (history: UserHistory) => eventPositions(history, { targetDomain });
  return {
    isHeld: (record, history) =>
      (Math.imul(record + 1, 0x9e3779b1) >>> 0) % oneIn === 0 &&
      positions(history).length >= fewestTargetEvents,
    divide(history) {
      const position = positions(history).at(-1)!;
      return {
        learnt: withoutEvents(history, [position]),
        known: caseOf(historyPrefix(history, position), history, [position]),
      };
    },
  };
}

function caseOf(
  history: UserHistory,
  whole: UserHistory,
  targets: ArrayLike<number>,
): ValidationCase | undefined {
  if (history.length === 0 || targets.length === 0) return undefined;
  return {
    history,
    targets: Uint32Array.from(new Set(Array.from(targets, (position) => whole.items[position]!))),
    timestampMs: whole.timestampsMs[targets[0]!]!,
  };
}

function withoutEvents(history: UserHistory, positions: ArrayLike<number>): UserHistory {
  const dropped = new Set(Array.from(positions));
  const kept: number[] = [];
  for (let position = 0; position < history.length; position++)
    if (!dropped.has(position)) kept.push(position);
  return historySelection(history, kept);
}
