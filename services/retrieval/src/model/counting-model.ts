import type { ModelFiles, StateTensor } from '@isthmus/learning';
import type { CountedItems, CountingScorer } from '../domain/counting-ranker.js';
import type { EventTimeline, TimelineWindow } from '../domain/event-timeline.js';
import { openSparseTable } from '../domain/sparse-item-table.js';
import { decodeTensors, encodeTensors, type NamedTensors } from './tensor-container.js';

/** Name and version of the layout of a counting model's files. */
export const countingModelFormat = 'isthmus-counting-model/v1';

/** What a counting model says of itself in `model.json`. */
export interface CountingHeader {
  readonly format: typeof countingModelFormat;
  /** Name and version of the program that counted. */
  readonly program: string;
  readonly programVersion: string;
  readonly scorer: CountingScorer['kind'];
  /** Names of all domains of the data set; the index is the domain number. */
  readonly domains: readonly string[];
  /** The domain that it recommends from. */
  readonly targetDomain: string;
  /** Items of the data set, all domains. */
  readonly items: number;
  /** Whether events of all domains count in a history, or those of the target domain alone. */
  readonly sources: 'all' | 'target';
  /** Latest events of a history that are looked at. */
  readonly maxLength: number;
  /** What an event of the history weighs beside the next later one, 0 to 1. */
  readonly decay: number;
  /** Part of the weights' denominator, see `SparseItemTable`. */
  readonly shrinkage: number;
  /** The window before a request in which events are counted; null where none are. */
  readonly window: TimelineWindow | null;
  /** How the events of the window weigh beside pairs; null where they do not. */
  readonly recency: { readonly weight: number; readonly pairFloor: number } | null;
}

/** A counting model that is ready to rank. Items are those of the data set that was counted. */
export interface CountingModel extends CountedItems {
  readonly header: CountingHeader;
  /** By item. */
  readonly itemIds: readonly string[];
  /** Domain number by item. */
  readonly itemDomains: Uint8Array;
}

/** What is written of a model beside its header. */
export interface CountingParts {
  readonly itemIds: readonly string[];
  /** `items/domains` uint8, `items/popularity` uint32, and the tensors of the scorer. */
  readonly tensors: NamedTensors;
}

/** The files of a counting model: `model.json`, `items.json` and `tensors.bin`. */
export function encodeCountingModel(header: CountingHeader, { itemIds, tensors }: CountingParts): ModelFiles {
  return new Map([
    ['items.json', json({ itemIds })],
    ['model.json', json(header)],
    ['tensors.bin', encodeTensors(tensors)],
  ]);
}

/**
 * Opens the files of a counting model. The files may come from anywhere: everything is checked here, and an Error says what
 * is wrong.
 */
export function openCountingModel(files: ModelFiles): CountingModel {
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`the counting model has no file ${name}`);
    return bytes;
  };
  const header = parseCountingHeader(file('model.json'));
  const { itemIds } = parse(file('items.json')) as { itemIds?: unknown };
  if (
    !Array.isArray(itemIds) ||
    itemIds.length !== header.items ||
    !itemIds.every((id) => typeof id === 'string')
  )
    throw new Error(`items.json of a counting model has no list of ${header.items} item ids`);
  const tensors = decodeTensors(file('tensors.bin'));
  const itemDomains = require(tensors, 'items/domains', 'uint8', header.items) as Uint8Array;
  if (itemDomains.some((domain) => domain >= header.domains.length))
    throw new Error('an item of the counting model is of a domain that it has not');
  const target = header.domains.indexOf(header.targetDomain);
  const targets = Uint32Array.from(itemDomains.keys()).filter((item) => itemDomains[item] === target);
  const popularity = require(tensors, 'items/popularity', 'uint32', header.items) as Uint32Array;
  return { header, itemIds, itemDomains, targets, popularity, scorer: openScorer(header, tensors) };
}

/** Whether files are those of a counting model, to be asked before they are opened. */
export function isCountingModel(files: ModelFiles): boolean {
  const bytes = files.get('model.json');
  if (bytes === undefined) return false;
  const { format } = parse(bytes) as { format?: unknown };
  return format === countingModelFormat;
}

function openScorer(header: CountingHeader, tensors: NamedTensors): CountingScorer {
  const { items, scorer } = header;
  if (scorer === 'popularity') return { kind: scorer };
  if (scorer === 'recent-popularity')
    return { kind: scorer, timeline: openTimeline(tensors, items), window: header.window! };
  const offsets = require(tensors, 'table/offsets', 'uint32', items + 1) as Uint32Array;
  const columns = require(tensors, 'table/columns', 'uint32') as Uint32Array;
  const counts = require(tensors, 'table/counts', 'float32', columns.length) as Float32Array;
  const sourceNorms = require(tensors, 'table/source-norms', 'float32', items) as Float32Array;
  const targetNorms = require(tensors, 'table/target-norms', 'float32', items) as Float32Array;
  if (offsets[0] !== 0 || offsets[items] !== columns.length)
    throw new Error('the rows of the counting model do not cover its pairs');
  if (offsets.some((offset, row) => offset < (offsets[row - 1] ?? 0)))
    throw new Error('the rows of the counting model do not ascend');
  requireItems(columns, items);
  if (sourceNorms.some((norm) => norm < 0) || targetNorms.some((norm) => norm < 0))
    throw new Error('a norm of the counting model is negative');
  const { shrinkage, decay } = header;
  const table = openSparseTable({ offsets, columns, counts, sourceNorms, targetNorms, shrinkage });
  if (!table.weights.every(Number.isFinite)) throw new Error('a weight of the counting model is not finite');
  const { recency, window } = header;
  if (recency === null || window === null) return { kind: scorer, table, decay };
  return {
    kind: scorer,
    table,
    decay,
    recency: { ...recency, window, timeline: openTimeline(tensors, items) },
  };
}

function openTimeline(tensors: NamedTensors, items: number): EventTimeline {
  const timesMs = require(tensors, 'timeline/times', 'float64') as Float64Array;
  const taken = require(tensors, 'timeline/items', 'uint32', timesMs.length) as Uint32Array;
  if (timesMs.some((time, place) => !Number.isFinite(time) || time < (timesMs[place - 1] ?? time)))
    throw new Error('the events of the counting model are not in time order');
  requireItems(taken, items);
  return { timesMs, items: taken };
}

function requireItems(indices: Uint32Array, items: number): void {
  if (indices.some((item) => item >= items))
    throw new Error('the counting model names an item that it has not');
}

function require(tensors: NamedTensors, name: string, type: StateTensor['type'], length?: number) {
  const tensor = tensors.get(name);
  if (
    tensor?.type !== type ||
    tensor.shape.length !== 1 ||
    (length ?? tensor.data.length) !== tensor.data.length
  )
    throw new Error(`the counting model has no ${type} tensor '${name}' of shape [${length ?? 'n'}]`);
  return tensor.data;
}

/** Reads `model.json`. Throws an Error that names the field that is wrong. */
function parseCountingHeader(bytes: Uint8Array): CountingHeader {
  const header = parse(bytes) as Partial<CountingHeader>;
  const check = (good: boolean, field: string): void => {
    if (!good) throw new Error(`model.json of a counting model has no valid '${field}'`);
  };
  const { domains, window, scorer, decay } = header;
  const whole = (n: unknown) => Number.isSafeInteger(n) && (n as number) > 0;
  check(header.format === countingModelFormat, 'format');
  check(typeof header.program === 'string' && typeof header.programVersion === 'string', 'program');
  check(['popularity', 'recent-popularity', 'item-pairs'].includes(scorer!), 'scorer');
  check(Array.isArray(domains) && domains.includes(header.targetDomain!), 'targetDomain');
  check(whole(header.items), 'items');
  check(header.sources === 'all' || header.sources === 'target', 'sources');
  check(whole(header.maxLength), 'maxLength');
  check(typeof decay === 'number' && decay >= 0 && decay <= 1, 'decay');
  check(typeof header.shrinkage === 'number' && header.shrinkage >= 0, 'shrinkage');
  const isWindow =
    (window?.by === 'time' && window.ms > 0) || (window?.by === 'events' && whole(window.events));
  const { recency } = header;
  const isRecency =
    typeof recency?.weight === 'number' && recency.weight >= 0 && Number(recency.pairFloor) > 0;
  check(recency === null || (scorer === 'item-pairs' && isRecency), 'recency');
  check(scorer === 'recent-popularity' || recency !== null ? isWindow : window === null, 'window');
  return header as CountingHeader;
}

function parse(bytes: Uint8Array): object {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return typeof value === 'object' && value !== null ? value : {};
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
