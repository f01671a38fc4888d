import { encodeHistories } from './history-encoder.js';
import { interestParameters } from './interest-tower.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ParameterShape, ParameterStart, UserEncoder } from './user-encoder.js';
import { statesAt } from './user-state.js';

/**
 * One state for each prefix, of which user vectors, the posterior and the queries of interests are made: GemiRec's in our
 * reconstruction (`transformer`), and that of the pooled two-tower (`mean`).
 */
export const stateEncoder: UserEncoder = {
  parameters: stateParameters,
  forward: (model, shape, table, batch, drop) =>
    statesAt(encodeHistories(model, shape, table, batch, drop), batch.places),
};

function stateParameters(shape: RetrievalShape): readonly ParameterShape[] {
  const { dim, hidden, codes } = shape;
  const levels = codes.length;
  const parameters: [name: string, shape: readonly number[], start: ParameterStart][] = [
    ['start', [1, dim], 'small'],
    ['final/gain', [dim], 'ones'],
    ['final/bias', [dim], 'zeros'],
    ['user/weight', [dim, dim], 'identity'],
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
      ['pool/weight', [dim, dim], 'zeros'],
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
  const own = parameters.map(([name, size, start]) => ({ name, shape: size, start }));
  return [...own, ...interestParameters(shape)];
}
