import type { Random } from '@isthmus/learning';
import { encoderOf } from './encoders.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ParameterShape, ParameterStart } from './user-encoder.js';

/**
 * Shape and start of every parameter, in ascending order of the names: the encoder's, and the items, `[items, dim]`.
 */
export function parameterShapes(shape: RetrievalShape, items: number): readonly ParameterShape[] {
  const own = encoderOf(shape).parameters(shape);
  const table: ParameterShape = { name: 'items', shape: [items, shape.dim], start: 'small' };
  return [table, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * First values of a parameter: normal with a deviation of 0.02 (`small`), 1 (`unit`), or one over the root of the inputs, the
 * last axis but one (`fan`).
 */
export function fillParameter(
  data: Float32Array,
  size: readonly number[],
  start: ParameterStart,
  random: Random,
): void {
  if (start === 'ones') data.fill(1);
  else if (start === 'small') random.fillNormal(data, 0, 0.02);
  else if (start === 'unit') random.fillNormal(data, 0, 1);
  else if (start === 'fan') random.fillNormal(data, 0, 1 / Math.sqrt(size.at(-2) ?? size[0]!));
}
