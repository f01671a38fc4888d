import {
  addTensor,
  type CommittedInteractions,
  createRandom,
  isValidationRecord,
  setTensor,
  type TrainingState,
  uint32Tensor,
} from '@isthmus/learning';

/**
 * Looks through the whole data set once and writes to the state what the steps need of it:
 *
 * - `catalogue/items` uint32: item indices of the target domain, ascending; a row number is a position in it
 * - `catalogue/counts` uint32: training events of each row
 * - `catalogue/text` uint8: JSON with item ids, categories and tokens
 * - `users/training`, `users/lengths` uint32: records that are trained on, and their target events
 * - `users/validation` uint32: records whose held-back target event is looked for in validation (see `isValidationRecord`)
 */
export function addTrainingData(
  state: TrainingState,
  data: CommittedInteractions,
  seed: Uint8Array,
  maxValidationUsers: number,
): void {
  const rowOf = addCatalogue(state, data);
  const lengths = Uint32Array.from({ length: data.users }, (_, user) => countTargets(data, user));
  const held = Array.from({ length: data.users }, (_, user) => user).filter((user) =>
    isValidationRecord(data, user),
  );
  const heldBack = new Set(held);
  const validation = chooseValidation(held, seed, maxValidationUsers);
  const counts = addTensor(state, 'catalogue/counts', 'uint32', [
    uint32Tensor(state, 'catalogue/items').length,
  ]);
  const training: number[] = [];
  const trainedLengths: number[] = [];
  for (let user = 0; user < data.users; user++) {
    const kept = lengths[user]! - (heldBack.has(user) ? 1 : 0);
    if (kept === 0) continue;
    training.push(user);
    trainedLengths.push(kept);
    for (const row of targetEvents(data, rowOf, user).rows.subarray(0, kept)) counts[row]!++;
  }
  if (training.length === 0) throw new Error(`no user has an event in ${data.description.targetDomain}`);
  setTensor(state, 'users/training', [training.length], Uint32Array.from(training));
  setTensor(state, 'users/lengths', [training.length], Uint32Array.from(trainedLengths));
  setTensor(state, 'users/validation', [validation.length], Uint32Array.from(validation));
}

/** A user's events in the target domain, oldest first. */
export interface TargetEvents {
  /** Rows of the items. */
  readonly rows: Uint32Array;
  readonly timestampsMs: Float64Array;
}

/** Reads the target events of a record. */
export function targetEvents(data: CommittedInteractions, rowOf: Int32Array, record: number): TargetEvents {
  const history = data.history(record);
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

function countTargets(data: CommittedInteractions, record: number): number {
  let count = 0;
  for (const domain of data.history(record).domains) if (domain === data.targetDomain) count++;
  return count;
}

/** At most so many of the records whose last target event is held back, drawn by the seed, ascending. */
function chooseValidation(held: readonly number[], seed: Uint8Array, most: number): number[] {
  const chosen = createRandom(seed, 'validation').choose(held.length, Math.min(most, held.length));
  return Array.from(chosen, (position) => held[position]!).sort((a, b) => a - b);
}
