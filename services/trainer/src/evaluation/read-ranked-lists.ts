import { basename } from 'node:path';
import type { ObjectStore } from '@isthmus/chassis';
import {
  type DataProblem,
  DataProblems,
  defaultFileLimits,
  type EvaluationTargets,
  findHits,
  hashUserId,
  hitsToJson,
  openInteractions,
  readLines,
} from '@isthmus/learning';
import { openRecordSet, parseRecordSetDescription } from '@isthmus/proof';
import { fetchEvaluation } from '../data/evaluation-object.js';
import { type PreparedData, recordsOf } from '../data/prepare-data.js';
import { openInputs } from '../inputs/open-inputs.js';
import {
  type GroupHits,
  listLength,
  type RetrievalEvaluation,
  retrievalEvaluationFormat,
} from './retrieval-evaluation.js';

/** A file of ranked lists, and what its names mean. */
export interface RankedListsFile {
  /**
   * Lines of TSV (user, then items, best first, a tab between) or of JSON (`{"user": "...", "items": ["..."]}`), plain or gzip.
   * Users and items have the names of the data that was prepared, items those of the target domain.
   */
  readonly path: string;
  /** The salt that user names were hashed with when the data was prepared. */
  readonly salt: Uint8Array;
}

/** What was read beside the hits. */
export interface ReadRankedLists {
  readonly evaluation: RetrievalEvaluation;
  /** Users with targets, and those of them without a list, whose figures are 0. */
  readonly users: number;
  readonly withoutList: number;
  /** Lists of users who are in the data but not evaluated. */
  readonly unused: number;
  /** Length of the shortest list that was used, items of the history not counted. */
  readonly shortest: number;
}

/** Bounds on a hostile or broken file: a list has at most 10,000 items, a line 1 MiB, the file 8 GiB. */
const limits = { ...defaultFileLimits, maximumBytes: 8 * 2 ** 30 };
const longestList = 10_000;

/**
 * Measures somebody else's run. Throws a `DataFormatError` that names the lines that are wrong: a name that the data has not, a
 * user with two lists, an item listed twice, a line that is neither TSV nor JSON.
 */
export async function readRankedLists(
  objects: ObjectStore,
  prepared: PreparedData,
  file: RankedListsFile,
): Promise<ReadRankedLists> {
  const names = await namesOf(objects, prepared);
  const lists = await readLists(file, names);
  const { targets } = await fetchEvaluation(objects, prepared.evaluation);
  const groups: { [name: string]: GroupHits } = {};
  const used = new Set<number>();
  let withoutList = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const group of targets) {
    const found: { place: number; masked: readonly number[]; unmasked: readonly number[] }[] = [];
    for (const [place, { record, excluded }] of group.users.entries()) {
      const list = lists.get(record);
      if (list === undefined) {
        withoutList++;
        continue;
      }
      used.add(record);
      const seen = new Set(excluded);
      const masked = list.filter((item) => !seen.has(item));
      shortest = Math.min(shortest, masked.length);
      found.push({ place, masked: masked.slice(0, listLength), unmasked: list.slice(0, listLength) });
    }
    groups[group.name] = {
      masked: hitsOf(
        found.map(({ place, masked }) => [place, masked]),
        group,
      ),
      unmasked: hitsOf(
        found.map(({ place, unmasked }) => [place, unmasked]),
        group,
      ),
    };
  }
  return {
    evaluation: {
      format: retrievalEvaluationFormat,
      program: basename(file.path),
      modelDigest: '',
      evaluation: prepared.evaluation,
      groups,
      cpuSeconds: 0,
      seconds: 0,
    },
    users: targets.reduce((sum, { users }) => sum + users.length, 0),
    withoutList,
    unused: lists.size - used.size,
    shortest: used.size === 0 ? 0 : shortest,
  };
}

function hitsOf(lists: readonly (readonly [number, readonly number[]])[], group: EvaluationTargets) {
  return hitsToJson(findHits(lists, group));
}

/** Records by salted id and items of the target domain by name. */
interface Names {
  readonly records: ReadonlyMap<bigint, number>;
  readonly items: ReadonlyMap<string, number>;
}

async function namesOf(objects: ObjectStore, prepared: PreparedData): Promise<Names> {
  const { inputs } = await openInputs(objects, { records: recordsOf(prepared) });
  const data = openInteractions(inputs);
  const items = new Map<string, number>();
  for (let index = 0; index < data.items; index++) {
    const { domain, itemId } = data.item(index);
    if (domain === data.targetDomain) items.set(itemId, index);
  }
  const description = await objects.get(prepared.interactions.object);
  const set = openRecordSet(
    description,
    await objects.get(parseRecordSetDescription(description).blobDigest),
  );
  const records = new Map<bigint, number>();
  for (let index = 0; index < set.size; index++) records.set(set.record(index).id, index);
  return { records, items };
}

async function readLists({ path, salt }: RankedListsFile, names: Names): Promise<Map<number, number[]>> {
  const lists = new Map<number, number[]>();
  const problems = new DataProblems();
  const file = basename(path);
  let row = 0;
  for await (const line of readLines(path, limits)) {
    row++;
    if (line === '') continue;
    const add = (column: string, problem: string) => problems.add({ file, row, column, problem });
    const parsed = parseLine(line, add);
    if (parsed === undefined) continue;
    const record = names.records.get(hashUserId(salt, parsed.user));
    if (record === undefined) add('user', `'${parsed.user}' is no user of the data`);
    else if (lists.has(record)) add('user', `'${parsed.user}' has a list already`);
    else lists.set(record, itemsOf(parsed.items, names.items, add));
  }
  problems.throwIfAny();
  return lists;
}

type AddProblem = (column: string, problem: DataProblem['problem']) => void;

/** The boundary: whatever stands in a line becomes a user's name and items' names, or a problem. */
function parseLine(line: string, add: AddProblem): { user: string; items: readonly string[] } | undefined {
  if (!line.startsWith('{')) {
    const [user = '', ...items] = line.split('\t');
    if (user !== '') return { user, items };
    add('user', 'the first column is empty');
    return undefined;
  }
  try {
    const { user, items } = JSON.parse(line) as { user?: unknown; items?: unknown };
    if (typeof user === 'string' && Array.isArray(items) && items.every((item) => typeof item === 'string'))
      return { user, items };
  } catch {
    // Told below.
  }
  add('', 'is not of the form {"user": "...", "items": ["...", ...]}');
  return undefined;
}

function itemsOf(texts: readonly string[], known: ReadonlyMap<string, number>, add: AddProblem): number[] {
  if (texts.length > longestList) {
    add('items', `has ${texts.length} items, at most ${longestList} are read`);
    return [];
  }
  const items = new Set<number>();
  for (const [place, text] of texts.entries()) {
    const item = known.get(text);
    if (item === undefined) add(`item ${place + 1}`, `'${text}' is no item of the target domain`);
    else if (items.has(item)) add(`item ${place + 1}`, `'${text}' stands in the list twice`);
    else items.add(item);
  }
  return [...items];
}
