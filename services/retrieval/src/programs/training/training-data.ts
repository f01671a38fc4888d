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

/**
 * Looks through the whole data set once and writes to the state what the steps need of it:
 *
 * - `catalogue/items` uint32: item indices of the target domain, ascending; a row number is a position in it
 * - `catalogue/counts` uint32: training events of each row
 * - `catalogue/text` uint8: JSON with item ids, categories and tokens
 * - `users/training`, `users/lengths` uint32: records that are trained on, and their target events
 * - the counter `users/newcomers`: records without target events
 * - `users/validation` uint32: records whose held-back target event is looked for in validation (see `isValidationRecord`)
 */
export function addTrainingData(
  state: TrainingState,
  data: CommittedInteractions,
  seed: Uint8Array,
  { validationUsers, fewestEvents }: TrainingDataSettings,
): void {
  const rowOf = addCatalogue(state, data);
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
  /** Fewest target events of a user that is trained on, at least 1. */
  readonly fewestEvents: number;
}

/** A user's events in the target domain, oldest first. */
export interface TargetEvents {
  /** Rows of the items. */
  readonly rows: Uint32Array;
  readonly timestampsMs: Float64Array;
}

/** Reads the target events of a record. */
export function targetEvents(data: CommittedInteractions, rowOf: Int32Array, record: number): TargetEvents {
  return targetEventsOf(data, rowOf, data.history(record));
}

/** The target events among those of a history. */
export function targetEventsOf(
  data: CommittedInteractions,
  rowOf: Int32Array,
  history: UserHistory,
): TargetEvents {
  const rows: number[] = [];
  const timestampsMs: number[] = [];
  for (let i = 0; i < history.length; i++) {
    if (history.domains[i] !== data.targetDomain) continue;
    rows.push(rowOf[history.items[i]!]!);
    timestampsMs.push(history.timestampsMs[i]!);
  }
  return { rows: Uint32Array.from(rows), timestampsMs: Float64Array.from(timestampsMs) };
}

/** Row of each item of the data set, -1 outside of the target domain. */
export function rowsOfItems(catalogueItems: Uint32Array, items: number): Int32Array {
  const rows = new Int32Array(items).fill(-1);
  catalogueItems.forEach((item, row) => {
    rows[item] = row;
  });
  return rows;
}

/** Content of `catalogue/text`. */
export interface CatalogueText {
  readonly itemIds: readonly string[];
  /** Names, and for each row its index there or -1. */
  readonly categories: readonly string[];
  readonly categoryOf: readonly number[];
  readonly tokens: readonly string[];
  readonly tokensOf: readonly (readonly number[])[];
}

function addCatalogue(state: TrainingState, data: CommittedInteractions): Int32Array {
  const indices: number[] = [];
  const itemIds: string[] = [];
  const categories = new Map<string, number>();
  const tokens = new Map<string, number>();
  const categoryOf: number[] = [];
  const tokensOf: number[][] = [];
  const number = (names: Map<string, number>, name: string): number => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  for (let index = 0; index < data.items; index++) {
    const item = data.item(index);
    if (item.domain !== data.targetDomain) continue;
    indices.push(index);
    itemIds.push(item.itemId);
    categoryOf.push(item.category === '' ? -1 : number(categories, item.category));
    tokensOf.push(item.tokens.map((token) => number(tokens, token)));
  }
  if (indices.length === 0) throw new Error(`the domain ${data.description.targetDomain} has no items`);
  const text: CatalogueText = {
    itemIds,
    categories: [...categories.keys()],
    categoryOf,
    tokens: [...tokens.keys()],
    tokensOf,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(text));
  setTensor(state, 'catalogue/items', [indices.length], Uint32Array.from(indices));
  setTensor(state, 'catalogue/text', [bytes.length], bytes);
  return rowsOfItems(uint32Tensor(state, 'catalogue/items'), data.items);
}

/** At most so many of the records whose last target event is held back, drawn by the seed, ascending. */
function chooseValidation(held: readonly number[], seed: Uint8Array, most: number): number[] {
  const chosen = createRandom(seed, 'validation').choose(held.length, Math.min(most, held.length));
  return Array.from(chosen, (position) => held[position]!).sort((a, b) => a - b);
}
