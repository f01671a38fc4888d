import { prepareKernels, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { encodeHistories } from './history-encoder.js';
import { fillParameter, parameterShapes } from './parameter-shapes.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';

const shapeOf = (encoder: RetrievalShape['encoder']): RetrievalShape => ({
  encoder,
  dim: 8,
  maxLength: 6,
  heads: 2,
  hidden: 12,
  crossDim: 0,
  codes: [],
});

describe.each(['transformer', 'mean'] as const)('encodeHistories with the encoder %s', (encoder) => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it('does not let a later item change an earlier state', () => {
    const before = states(encoder, [1, 2, 3, 4, 5, 6]);
    const after = states(encoder, [1, 2, 3, 9, 8, 7]);
    for (let place = 0; place < 4; place++) expect(after[place]).toEqual(before[place]);
    expect(after[4]).not.toEqual(before[4]);
  });

  it('gives a prefix the states that it has inside a longer history', () => {
    expect(states(encoder, [1, 2, 3])).toEqual(states(encoder, [1, 2, 3, 4, 5, 6]).slice(0, 4));
  });
});

/** States after each prefix of a history. */
function states(encoder: RetrievalShape['encoder'], history: readonly number[]): number[][] {
  const shape = shapeOf(encoder);
  return scoped(() => {
    const model: Record<string, Tensor> = {};
    for (const { name, shape: size } of parameterShapes(shape, 10)) {
      const data = new Float32Array(size.reduce((a, b) => a * b, 1));
      fillParameter(data, size, 'fan', createRandom(new Uint8Array(32), name));
      model[name] = tensor(data, size as number[]);
    }
    const batch = { users: 1, length: history.length, rows: Int32Array.from(history), codes: [] };
    const flat = encodeHistories(model as ModelTensors, shape, model.items!, batch).dataSync();
    return Array.from({ length: history.length + 1 }, (_, place) =>
      Array.from(flat.slice(place * 8, place * 8 + 8)),
    );
  });
}
