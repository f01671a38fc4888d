import type { Random } from '@isthmus/learning';
import { encoderOf } from './encoders.js';
import { interestItems, interestSpace } from './interest-tower.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ParameterShape, ParameterStart } from './user-encoder.js';

/**
 * Shape and start of every parameter, in ascending order of the names: the encoder's, and the items, `[items, dim]`; with interests
 * also what the vectors of the items among those of their interest are made of.
 */
export function parameterShapes(shape: RetrievalShape, items: number): readonly ParameterShape[] {
  const own = encoderOf(shape).parameters(shape);
  const table: ParameterShape = { name: 'items', shape: [items, shape.dim], start: 'small' };
  const inside: ParameterShape[] =
    shape.codes.length === 0
      ? []
      : [
          { name: interestItems, shape: [items, shape.dim], start: 'small' },
          { name: interestSpace, shape: [shape.dim, shape.dim], start: 'fan' },
        ];
  return [table, ...own, ...inside].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * First values of a parameter: normal with a deviation of 0.02 (`small`), 1 (`unit`), or one over the root of the inputs, the
 * last axis but one (`fan`); ones on the diagonal (`identity`).
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
  else if (start === 'identity') for (let i = 0; i < size[0]!; i++) data[i * (size[1]! + 1)] = 1;
  else if (start === 'fan') random.fillNormal(data, 0, 1 / Math.sqrt(size.at(-2) ?? size[0]!));
}
