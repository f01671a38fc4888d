/** Content of an item that the model has never seen. */
export interface ItemContent {
  /** '' for none. */
  readonly category: string;
  readonly tokens: readonly string[];
}

/** Vectors of the features of items. */
export interface FeatureVectors {
  readonly dim: number;
  readonly categories: readonly string[];
  /** `[categories, dim]` */
  readonly categoryVectors: Float32Array;
  readonly tokens: readonly string[];
  /** `[tokens, dim]` */
  readonly tokenVectors: Float32Array;
  /**
   * `[dim]`, what a vector is beside the mean of its features: then the vectors are the learnt ones of the features. Where left
   * out, they are means of the known items that share a feature.
   */
  readonly base?: Float32Array;
}

/** Turns content into a vector of the model's item space; undefined where it knows no feature of it. */
export type ItemEncoder = (content: ItemContent) => Float32Array | undefined;

/**
 * An encoder for new items. With learnt vectors, what the content of a known item is: the mean over its category and tokens, and
 * `base` for what is not known of it. Without, the mean of the category's vector and of the mean of the tokens' vectors. Simple on
 * purpose: it places an item among its kin and claims no more.
 */
export function createItemEncoder(features: FeatureVectors): ItemEncoder {
  const { dim, base } = features;
  const categories = indexOf(features.categories);
  const tokens = indexOf(features.tokens);
  return ({ category, tokens: names }) => {
    const parts: Float32Array[] = [];
    const known = categories.get(category);
    if (known !== undefined) parts.push(rowOf(features.categoryVectors, known, dim));
    const found = names.flatMap((name) => {
      const token = tokens.get(name);
      return token === undefined ? [] : [rowOf(features.tokenVectors, token, dim)];
    });
    if (base !== undefined) {
      const all = [...parts, ...found];
      return all.length === 0 ? undefined : meanOf(all, dim).map((value, i) => value + base[i]!);
    }
    if (found.length > 0) parts.push(meanOf(found, dim));
    return parts.length === 0 ? undefined : meanOf(parts, dim);
  };
}

function indexOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function rowOf(rows: Float32Array, row: number, dim: number): Float32Array {
  return rows.subarray(row * dim, (row + 1) * dim);
}

function meanOf(rows: readonly Float32Array[], dim: number): Float32Array {
  return Float32Array.from(
    { length: dim },
    (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length,
  );
}
