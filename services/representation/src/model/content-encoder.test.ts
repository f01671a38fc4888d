import { prepareKernels, valueAndGradients } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { contentFeatures, hasContent } from '../domain/content-features.js';
import { contentLoss } from './content-encoder.js';

const item = (category: string, tokens: string[]) => ({
  itemId: 'x',
  domain: 0,
  category,
  tokens,
  numbers: Float32Array.of(0.5, -2),
});

beforeAll(() => prepareKernels());

describe('the content encoder', () => {
  it('has the derivatives of differences', () => {
    const random = createRandom(new Uint8Array(32), 'test');
    const drawn = (rows: number, columns: number) => ({
      shape: [rows, columns],
      data: random.fillNormal(new Float32Array(rows * columns), 0, 1),
    });
    const parameters = { tokens: drawn(8, 3), numbers: drawn(3, 2), classes: drawn(2, 4) };
    const batch = {
      buckets: Int32Array.of(1, 4, 1, 7, 2),
      starts: Int32Array.of(0, 3, 3, 5),
      numbers: Float32Array.of(0.5, -0.2, 0.1, 0.9, -0.7, 0.3),
    };
    const run = () =>
      valueAndGradients(parameters, (tensors) => ({
        value: contentLoss(tensors, tensors.classes, batch, Int32Array.of(1, 0, 1)),
      }));
    const { gradients } = run();
    for (const name of ['tokens', 'numbers', 'classes'] as const) {
      const { data } = parameters[name];
      for (const [i, centre] of data.slice().entries()) {
        const delta = 2 ** -7;
        data[i] = centre + delta;
        const above = run().value;
        data[i] = centre - delta;
        const below = run().value;
        data[i] = centre;
        expect(gradients[name][i]).toBeCloseTo((above - below) / (2 * delta), 3);
      }
    }
  });

  it('tells a category from a word of the same name, and sees that there is none', () => {
    expect(contentFeatures(item('a', []), 1 << 20).buckets[0]).not.toBe(
      contentFeatures(item('', ['a']), 1 << 20).buckets[0],
    );
    expect(hasContent({ ...item('', []), numbers: new Float32Array(0) })).toBe(false);
  });
});
