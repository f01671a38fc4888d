import type { ModelFiles, StateTensor } from '@isthmus/learning';
import { assignCodes, codebookRows, type InterestDictionary } from '../domain/interest-dictionary.js';
import { createItemEncoder, type ItemEncoder } from './item-encoder.js';
import { openWeightedPrior, type WeightedPrior } from './open-prior.js';
import { parameterShapes } from './parameter-shapes.js';
import { parseRetrievalHeader, type RetrievalHeader } from './retrieval-header.js';
import { RetrievalNetwork } from './retrieval-network.js';
import type { RetrievalShape } from './retrieval-shape.js';
import { decodeTensors } from './tensor-container.js';

/** A retrieval model that is ready to serve. Rows are positions in `itemIds`. */
export interface RetrievalModel {
  readonly header: RetrievalHeader;
  /** Ids of the known items of the target domain, by row. */
  readonly itemIds: readonly string[];
  /** Row of a known item of the target domain; undefined for an id that the model does not know. */
  rowOf(itemId: string): number | undefined;
  /** Row of an item in a history, which may be of another domain; undefined where the model does not know it. */
  historyRowOf(domain: string, itemId: string): number | undefined;
  /** Item index of each row in the data set that the model was trained on. */
  readonly catalogueItems: Uint32Array;
  /** The same of all rows that a history may hold: those of other domains follow. */
  readonly historyItems: Uint32Array;
  /** Vectors of the known items as they are searched, `[items, vectorLength]`. */
  readonly itemVectors: Float32Array;
  /** Length of a vector as it is searched: `dim`, twice that for a model with a dictionary. */
  readonly vectorLength: number;
  /** What a vector of the item space, `[dim]`, is searched by, `[vectorLength]`; known items have more of their own in it. */
  searched(vector: Float32Array): Float32Array;
  /** Codes of the known items, `[items, levels]`; empty for a model without interests. */
  readonly codes: Uint32Array;
  readonly dictionary: InterestDictionary;
  /** The forward pass. */
  readonly network: RetrievalNetwork;
  /** What was counted, ready to be added to scores; undefined where nothing is. */
  readonly prior: WeightedPrior | undefined;
  /** Places content that the model has never seen. */
  readonly encodeItem: ItemEncoder;
  /** Codes of any vector of the item space, as the dictionary assigns them to the known items. */
  codesOf(vector: Float32Array): Uint32Array;
  /** Gives the memory of the weights back. */
  dispose(): void;
}

/**
 * Opens the files of a retrieval model; the kernels must be ready (`prepareKernels`). The files may come from anywhere:
 * everything is checked here, and an Error says what is wrong.
 */
export function openRetrievalModel(files: ModelFiles): RetrievalModel {
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`the retrieval model has no file ${name}`);
    return bytes;
  };
  const header = parseRetrievalHeader(file('model.json'));
  const tensors = decodeTensors(file('tensors.bin'));
  const { shape } = header;
  const itemsJson = parseJson(file('items.json'));
  const itemIds = stringsOf(itemsJson, 'itemIds');
  if (itemIds.length !== header.items)
    throw new Error(`items.json has ${itemIds.length} ids, not ${header.items}`);
  const parameters = new Map<string, StateTensor>();
  const rows = header.items + (header.otherItems ?? 0);
  for (const { name, shape: size } of parameterShapes(shape, rows)) {
    parameters.set(name, requireTensor(tensors, `model/${name}`, 'float32', size));
  }
  const dictionary = openDictionary(tensors, shape);
  const codes = shape.codes.length === 0 ? new Uint32Array() : requireCodes(tensors, shape.codes, rows);
  const historyItems = requireTensor(tensors, 'catalogue/items', 'uint32', [rows]).data as Uint32Array;
  const network = new RetrievalNetwork({
    shape,
    targets: header.items,
    parameters,
    dictionary,
    codes,
    temperature: header.temperature,
    interestShare: header.interestShare ?? 0,
  });
  const rowOf = new Map(itemIds.map((id, row) => [id, row]));
  const otherRows = openOtherItems(itemsJson, tensors, header);
  return {
    header,
    itemIds,
    rowOf: (itemId) => rowOf.get(itemId),
    historyRowOf: (domain, itemId) =>
      domain === header.targetDomain ? rowOf.get(itemId) : otherRows.get(domain)?.get(itemId),
    catalogueItems: historyItems.subarray(0, header.items),
    historyItems,
    itemVectors: network.itemVectors,
    vectorLength: network.vectorLength,
    searched: (vector) => network.searched(vector),
    codes,
    dictionary,
    network,
    prior: openWeightedPrior(tensors, header),
    encodeItem: openItemEncoder(file('features.json'), tensors, shape.dim),
    codesOf: (vector) => assignCodes(dictionary, directionOf(vector)),
    dispose: () => network.dispose(),
  };
}

/** What the dictionary quantises: the direction of a vector without its last coordinate, which stands for popularity. */
export function directionOf(vector: Float32Array): Float32Array {
  const direction = new Float32Array(vector.length);
  const last = vector.length - 1;
  let squares = 0;
  for (let i = 0; i < last; i++) squares += vector[i]! * vector[i]!;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let i = 0; i < last; i++) direction[i] = vector[i]! * scale;
  return direction;
}

/** Rows of the items of other domains, by domain and id. */
function openOtherItems(
  json: Record<string, unknown>,
  tensors: ReadonlyMap<string, StateTensor>,
  { items, otherItems = 0, domains, targetDomain }: RetrievalHeader,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const rows = new Map<string, Map<string, number>>();
  if (otherItems === 0) return rows;
  const ids = stringsOf(json, 'otherItemIds');
  if (ids.length !== otherItems)
    throw new Error(`items.json has ${ids.length} further ids, not ${otherItems}`);
  const domainOf = requireTensor(tensors, 'catalogue/domains', 'uint8', [items + otherItems]).data;
  ids.forEach((id, i) => {
    const domain = domains[domainOf[items + i]!];
    if (domain === undefined || domain === targetDomain)
      throw new Error(`the item '${id}' of the retrieval model is of no other domain`);
    if (!rows.has(domain)) rows.set(domain, new Map());
    rows.get(domain)!.set(id, items + i);
  });
  return rows;
}

function openItemEncoder(
  bytes: Uint8Array,
  tensors: ReadonlyMap<string, StateTensor>,
  dim: number,
): ItemEncoder {
  const json = parseJson(bytes);
  const categories = stringsOf(json, 'categories');
  const tokens = stringsOf(json, 'tokens');
  const vectors = (name: string, rows: number) =>
    requireTensor(tensors, `features/${name}`, 'float32', [rows, dim]).data as Float32Array;
  return createItemEncoder({
    dim,
    categories,
    categoryVectors: vectors('category', categories.length),
    tokens,
    tokenVectors: vectors('token', tokens.length),
    ...(tensors.has('features/base') && {
      base: requireTensor(tensors, 'features/base', 'float32', [dim]).data as Float32Array,
    }),
  });
}

function openDictionary(
  tensors: ReadonlyMap<string, StateTensor>,
  { dim, codes, dictionaryKind, interestEmbedding }: RetrievalShape,
): InterestDictionary {
  const rows = (level: number) => codebookRows(dictionaryKind, codes, level);
  const floats = (name: string, size: readonly number[]) =>
    requireTensor(tensors, `dictionary/${name}`, 'float32', size).data as Float32Array;
  return {
    dim,
    codebooks: codes.map((_, level) => floats(`codebook-${level}`, [rows(level), dim])),
    // Models from before codes had penalties have none.
    penalties: codes.map((_, level) =>
      tensors.has(`dictionary/penalty-${level}`)
        ? floats(`penalty-${level}`, [rows(level)])
        : new Float32Array(rows(level)),
    ),
    kind: dictionaryKind ?? 'residual',
    embedding: interestEmbedding ?? 'concat',
  };
}

function requireCodes(
  tensors: ReadonlyMap<string, StateTensor>,
  counts: readonly number[],
  items: number,
): Uint32Array {
  const codes = requireTensor(tensors, 'dictionary/codes', 'uint32', [items, counts.length])
    .data as Uint32Array;
  codes.forEach((code, i) => {
    if (code >= counts[i % counts.length]!)
      throw new Error(`an item has the code ${code}, which its level has not`);
  });
  return codes;
}

function requireTensor(
  tensors: ReadonlyMap<string, StateTensor>,
  name: string,
  type: StateTensor['type'],
  shape: readonly number[],
): StateTensor {
  const tensor = tensors.get(name);
  if (tensor?.type !== type || tensor.shape.join() !== shape.join()) {
    throw new Error(`the retrieval model has no ${type} tensor '${name}' of shape [${shape}]`);
  }
  return tensor;
}

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<string, unknown>;
}

function stringsOf(json: Record<string, unknown>, field: string): readonly string[] {
  const value = json[field];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw new Error(`the retrieval model's '${field}' is no list of strings`);
  }
  return value;
}
