import { graphSoftness, type ItemFeatures, itemFeatures } from '../domain/item-features.js';
import type { PopularityTable } from '../domain/popularity.js';
import { meanLength, softDirections } from '../domain/soft-directions.js';
import type { ModelShape } from './model-shape.js';
import { doubles, floats, integers, type TensorMap } from './tensor-map.js';

/** Names of the tensors, the same in the training state and in the exported model. */
export const tensorNames = {
  itemDomains: 'items/domains',
  itemIdOffsets: 'items/id-offsets',
  itemIdBytes: 'items/id-bytes',
  content: 'content/items',
  factors: 'graph/items',
  baseFactors: 'base/items',
  scorerSource: 'scorer/source',
  scorerTarget: 'scorer/target',
  scorerUser: 'scorer/user',
  scorerPotency: 'scorer/potency',
  scorerRecency: 'scorer/recency',
  scorerSimilarity: 'scorer/similarity',
  baseMap: 'click/base-map',
  baseWeights: 'click/base-weights',
  basePopularity: 'click/base-popularity',
  pluginMap: 'click/plugin-map',
  pluginWeights: 'click/plugin-weights',
  popularityOffsets: 'popularity/offsets',
  popularityTimes: 'popularity/times',
  prototypeDirections: 'prototypes/directions',
  prototypeContent: 'prototypes/content',
  prototypeShares: 'prototypes/shares',
} as const;

/** Features of all items. Made once for a table of factors: phases that change factors replace the table. */
export function featuresOf(shape: ModelShape, tensors: TensorMap): ItemFeatures {
  const factors = floats(tensors, tensorNames.factors);
  return once(featureTables, factors, () =>
    itemFeatures(factors, shape.dim, floats(tensors, tensorNames.content), shape.contentDim),
  );
}

/** Features of the prototypes. */
export function prototypeFeatures({ dim, contentDim }: ModelShape, tensors: TensorMap): ItemFeatures {
  return {
    dim,
    contentDim,
    directions: floats(tensors, tensorNames.prototypeDirections),
    content: floats(tensors, tensorNames.prototypeContent),
  };
}

/** Items as a click head sees them: nearly unit directions, and factors scaled to mean length 1, both `[rows, dim]`. */
export interface HeadItems {
  readonly directions: Float32Array;
  readonly factors: Float32Array;
}

/** All items in the space of the graph encoder; the row is the item. */
export function graphItems(shape: ModelShape, tensors: TensorMap): HeadItems {
  return headItems(floats(tensors, tensorNames.factors), shape.dim);
}

/** Target items in the space of the factors that know the target domain only; rows as in `targetRows`. */
export function baseItems(shape: ModelShape, tensors: TensorMap): HeadItems {
  return headItems(floats(tensors, tensorNames.baseFactors), shape.dim);
}

/** Popularity over time of the target rows. */
export function popularityOf(tensors: TensorMap, recentMs: number): PopularityTable {
  return {
    offsets: integers(tensors, tensorNames.popularityOffsets),
    timesMs: doubles(tensors, tensorNames.popularityTimes),
    recentMs,
  };
}

const featureTables = new WeakMap<Float32Array, ItemFeatures>();
const headTables = new WeakMap<Float32Array, HeadItems>();

function headItems(factors: Float32Array, dim: number): HeadItems {
  return once(headTables, factors, () => {
    const scale = 1 / meanLength(factors, dim);
    return {
      directions: softDirections(factors, dim, graphSoftness),
      factors: factors.map((value) => value * scale),
    };
  });
}

function once<T>(tables: WeakMap<Float32Array, T>, key: Float32Array, make: () => T): T {
  const found = tables.get(key);
  if (found !== undefined) return found;
  const made = make();
  tables.set(key, made);
  return made;
}
