import {
  addTensor,
  type CommittedInteractions,
  createRandom,
  isValidationRecord,
  setTensor,
  type TrainingState,
  type UserHistory,
  uint32Tensor,
  withoutValidation,
} from '@isthmus/learning';
import { addCatalogue } from './training-catalogue.js';

/**
 * Looks through the whole data set once and writes to the state what the steps need of it:
 *
 * - `catalogue/items` uint32 and `catalogue/domains` uint8: item of the data set and domain of each row, see `addCatalogue`
 * - `catalogue/counts` uint32: training events of each row
 * - `catalogue/text` uint8: JSON with item ids, categories and tokens
 * - `users/training`, `users/lengths` uint32: records that are trained on, and their events
 * - the counter `users/newcomers`: records without target events
 * - `users/validation` uint32: records whose held-back target event is looked for in validation (see `isValidationRecord`)
 */
export function addTrainingData(
  state: TrainingState,
  data: CommittedInteractions,
  seed: Uint8Array,
  { validationUsers, fewestEvents, histories }: TrainingDataSettings,
): void {
  const rowOf = addCatalogue(state, data, histories);
  const learnt = withoutValidation(data);
  const users = Array.from({ length: data.users }, (_, user) => user);
  const held = users.filter((user) => isValidationRecord(data, user));
  const hasTargets = (user: number): boolean => data.history(user).domains.includes(data.targetDomain);
  state.counters.set('users/newcomers', users.filter((user) => !hasTargets(user)).length);
  const counts = addTensor(state, 'catalogue/counts', 'uint32', [
    uint32Tensor(state, 'catalogue/items').length,
  ]);
  const training: number[] = [];
  const lengths: number[] = [];
  for (const user of users) {
    const { rows } = targetEvents(learnt, rowOf, user);
    for (const row of rows) counts[row]!++;
    if (rows.length < fewestEvents) continue;
    training.push(user);
    lengths.push(rows.length);
  }
  if (training.length === 0) {
    throw new Error(`no user has ${fewestEvents} events in ${data.description.targetDomain} to learn from`);
  }
  const validation = chooseValidation(held, seed, validationUsers);
  setTensor(state, 'users/training', [training.length], Uint32Array.from(training));
  setTensor(state, 'users/lengths', [lengths.length], Uint32Array.from(lengths));
  setTensor(state, 'users/validation', [validation.length], Uint32Array.from(validation));
}

/** What the data is read with. */
export interface TrainingDataSettings {
  /** Most users of the validation part. */
  readonly validationUsers: number;
  /** Fewest events of a user that is trained on, at least 1. */
  readonly fewestEvents: number;
  /** Domains whose events are read. */
  readonly histories: 'target' | 'all';
}

/** A user's events with items that have a row, oldest first. */
export interface TargetEvents {
  /** Rows of the items. */
  readonly rows: Uint32Array;
  readonly timestampsMs: Float64Array;
}

/** Reads the events of a record that are with items of the catalogue. */
export function targetEvents(data: CommittedInteractions, rowOf: Int32Array, record: number): TargetEvents {
  return targetEventsOf(rowOf, data.history(record));
}

/** Those among the events of a history. */
export function targetEventsOf(rowOf: Int32Array, history: UserHistory): TargetEvents {
  const rows: number[] = [];
  const timestampsMs: number[] = [];
  for (let i = 0; i < history.length; i++) {
    const row = rowOf[history.items[i]!]!;
    if (row < 0) continue;
    rows.push(row);
    timestampsMs.push(history.timestampsMs[i]!);
  }
  return { rows: Uint32Array.from(rows), timestampsMs: Float64Array.from(timestampsMs) };
}

/** At most so many of the records whose last target event is held back, drawn by the seed, ascending. */
function chooseValidation(held: readonly number[], seed: Uint8Array, most: number): number[] {
  const chosen = createRandom(seed, 'validation').choose(held.length, Math.min(most, held.length));
  return Array.from(chosen, (position) => held[position]!).sort((a, b) => a - b);
}
