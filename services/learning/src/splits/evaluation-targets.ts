import type { Json, JsonObject } from '@isthmus/proof';

import { eventPositions } from '../interactions/event-positions.js';
import { historyEvent, historyFromEvents, type UserHistory } from '../interactions/user-history.js';

/** What one user did after the cut. */
export interface EvaluationUser {
  /** Index of the user's record. */
  readonly record: number;
  /** What a model may see of the user; the record's own history where left out. */
  readonly history?: UserHistory;
  /** Items of the target domain taken after the cut, without repetition. */
  readonly targets: Uint32Array;
  /** When each of them was taken. */
  readonly targetTimestampsMs: Float64Array;
  /**
   * Items left out of the ranking: those of the target domain in the history, without repetition. A target that the
   * user had taken before is among them and counts as missed.
   */
  readonly excluded: Uint32Array;
  /** Events of the history in the target domain, and in the others. */
  readonly targetEvents: number;
  readonly sourceEvents: number;
}

/** Evaluation targets, never part of committed data. */
export interface EvaluationTargets {
  /** What they are, for example `warm` or `cold`. */
  readonly name: string;
  readonly users: readonly EvaluationUser[];
}

/**
 * Targets of one user from the history that a model sees and the positions, in the whole history, of what was cut off.
 * @param targetDomain index of the domain; -1 stands for all domains
 */
export function evaluationUser(
  record: number,
  visible: UserHistory,
  whole: UserHistory,
  targetPositions: ArrayLike<number>,
  targetDomain: number,
): EvaluationUser {
  const targets = new Map<number, number>();
  for (const position of Array.from(targetPositions)) {
    const { item, timestampMs } = historyEvent(whole, position);
    if (!targets.has(item)) targets.set(item, timestampMs);
  }
  const seen = eventPositions(visible, { targetDomain });
  return {
    record,
    targets: Uint32Array.from(targets.keys()),
    targetTimestampsMs: Float64Array.from(targets.values()),
    excluded: Uint32Array.from(new Set(Array.from(seen, (position) => visible.items[position]!))),
    targetEvents: seen.length,
    sourceEvents: visible.length - seen.length,
  };
}

/** Targets as JSON, to be kept as an object of their own. */
export function evaluationToJson(targets: EvaluationTargets): JsonObject {
  return {
    name: targets.name,
    users: targets.users.map((user) => ({
      record: user.record,
      targets: Array.from(user.targets),
      targetTimestampsMs: Array.from(user.targetTimestampsMs),
      excluded: Array.from(user.excluded),
      targetEvents: user.targetEvents,
      sourceEvents: user.sourceEvents,
      ...(user.history === undefined ? {} : { history: historyToJson(user.history) }),
    })),
  };
}

function historyToJson({ domains, items, timestampsMs, values }: UserHistory): JsonObject {
  return {
    domains: Array.from(domains),
    items: Array.from(items),
    timestampsMs: Array.from(timestampsMs),
    values: Array.from(values),
  };
}

/** Reads what {@link evaluationToJson} wrote. Throws an Error where the shape is another. */
export function evaluationFromJson(json: JsonObject): EvaluationTargets {
  const { name, users } = json;
  if (typeof name !== 'string' || !Array.isArray(users)) throw new Error('these are no evaluation targets');
  return { name, users: users.map(userFromJson) };
}

function userFromJson(json: Json): EvaluationUser {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw malformedUser();
  const user = json as JsonObject;
  const targets = Uint32Array.from(numbers(user.targets));
  const targetTimestampsMs = Float64Array.from(numbers(user.targetTimestampsMs));
  if (targets.length !== targetTimestampsMs.length) throw malformedUser();
  return {
    record: number(user.record),
    targets,
    targetTimestampsMs,
    excluded: Uint32Array.from(numbers(user.excluded)),
    targetEvents: number(user.targetEvents),
    sourceEvents: number(user.sourceEvents),
    ...(user.history === undefined ? {} : { history: historyFromJson(user.history) }),
  };
}

function historyFromJson(json: Json): UserHistory {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw malformedUser();
  const { values } = json as JsonObject;
  if (!Array.isArray(values) || !values.every((value): value is number => Number.isFinite(value)))
    throw malformedUser();
  const [domains, items, timestampsMs] = (['domains', 'items', 'timestampsMs'] as const).map((column) =>
    numbers((json as JsonObject)[column]),
  ) as [number[], number[], number[]];
  if ([domains, items, timestampsMs].some((column) => column.length !== values.length)) throw malformedUser();
  return historyFromEvents(
    values.map((value, i) => ({
      domain: domains[i]!,
      item: items[i]!,
      timestampMs: timestampsMs[i]!,
      value,
    })),
  );
}

function numbers(value: Json | undefined): number[] {
  if (!Array.isArray(value)) throw malformedUser();
  return value.map(number);
}

function number(value: Json | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw malformedUser();
  return value;
}

function malformedUser(): Error {
  return new Error('a user of the evaluation targets is malformed');
}
