import type { Random } from '@isthmus/learning';

/** How a user's history becomes states: a causal transformer, or the mean of what was taken so far. */
export type HistoryEncoder = 'transformer' | 'mean';

/** Sizes of a retrieval model. */
export interface RetrievalShape {
  readonly encoder: HistoryEncoder;
  /** Length of item and user vectors. */
  readonly dim: number;
  /** Most history items that are looked at, the last ones. */
  readonly maxLength: number;
  /** Attention heads; divides `dim`. */
  readonly heads: number;
  /** Width of the hidden layers. */
  readonly hidden: number;
  /** Length of a cross-domain representation; 0 where the model takes none. */
  readonly crossDim: number;
  /** Codes of each level of the interest dictionary; empty where the model has no interests. */
  readonly codes: readonly number[];
}

/** How a parameter starts. */
type Start = 'zeros' | 'ones' | 'small' | 'fan';

/** Shape and start of every parameter, in ascending order of the names. Items are `[items, dim]`. */
export function parameterShapes(
  shape: RetrievalShape,
  items: number,
): readonly { readonly name: string; readonly shape: readonly number[]; readonly start: Start }[] {
  const { dim, hidden, codes } = shape;
  const levels = codes.length;
  const parameters: [name: string, shape: readonly number[], start: Start][] = [
    ['items', [items, dim], 'small'],
    ['start', [1, dim], 'small'],
    ['final/gain', [dim], 'ones'],
    ['final/bias', [dim], 'zeros'],
    ['user/weight', [dim, dim], 'fan'],
    ['user/bias', [dim], 'zeros'],
    ['forward/gain', [dim], 'ones'],
    ['forward/bias', [dim], 'zeros'],
    ['forward/in', [dim, hidden], 'fan'],
    ['forward/in-bias', [hidden], 'zeros'],
    ['forward/out', [hidden, dim], 'fan'],
    ['forward/out-bias', [dim], 'zeros'],
  ];
  if (shape.encoder === 'transformer') {
    parameters.push(
      ['position', [shape.maxLength + 1, dim], 'small'],
      ['attention/gain', [dim], 'ones'],
      ['attention/bias', [dim], 'zeros'],
      ['attention/query', [dim, dim], 'fan'],
      ['attention/key', [dim, dim], 'fan'],
      ['attention/value', [dim, dim], 'fan'],
      ['attention/out', [dim, dim], 'fan'],
      ['pool/weight', [dim, dim], 'fan'],
    );
  }
  if (shape.crossDim > 0) {
    parameters.push(
      ['cross/in', [shape.crossDim + 1, hidden], 'fan'],
      ['cross/in-bias', [hidden], 'zeros'],
      ['cross/out', [hidden, dim], 'zeros'],
    );
  }
  codes.forEach((count, level) => {
    parameters.push(
      [`token/code-${level}`, [count, dim], 'zeros'],
      [`posterior/weight-${level}`, [dim, count], 'fan'],
      [`posterior/bias-${level}`, [count], 'zeros'],
    );
    if (level < levels - 1) parameters.push([`posterior/chain-${level}`, [count, dim], 'small']);
  });
  if (levels > 0) {
    parameters.push(
      ['fusion/interest', [levels * dim, dim], 'fan'],
      ['fusion/in', [(2 + levels) * dim, hidden], 'fan'],
      ['fusion/in-bias', [hidden], 'zeros'],
      ['fusion/out', [hidden, dim], 'zeros'],
    );
  }
  return parameters
    .map(([name, size, start]) => ({ name, shape: size, start }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** First values of a parameter: normal with a deviation of 0.02 (`small`) or one over the root of the inputs (`fan`). */
export function fillParameter(
  data: Float32Array,
  size: readonly number[],
  start: Start,
  random: Random,
): void {
  if (start === 'ones') data.fill(1);
  else if (start === 'small') random.fillNormal(data, 0, 0.02);
  else if (start === 'fan') random.fillNormal(data, 0, 1 / Math.sqrt(size[0]!));
}
