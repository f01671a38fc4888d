import { createRandom } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';

import { addContentGradient, type ContentParameters } from './content-encoder.js';
import { contentFeatures, hasContent } from './content-features.js';

const item = (category: string, tokens: string[]) => ({
  itemId: 'x',
  domain: 0,
  category,
  tokens,
  numbers: Float32Array.of(0.5, -2),
});

describe('the content encoder', () => {
  it('has the derivatives of differences', () => {
    const random = createRandom(new Uint8Array(32), 'test');
    const parameters: ContentParameters = {
      dim: 3,
      tokens: random.fillNormal(new Float32Array(8 * 3), 0, 1),
      numbers: random.fillNormal(new Float32Array(3 * 2), 0, 1),
      classes: random.fillNormal(new Float32Array(2 * 4), 0, 1),
    };
    const features = contentFeatures(item('a', ['red', 'blue', 'red']), 8);
    const loss = () => {
      const into = {
        tokenRows: [],
        tokenValues: [],
        numbers: new Float64Array(6),
        classes: new Float64Array(8),
      };
      return { value: addContentGradient(parameters, features, features.buckets, 1, 1, into), into };
    };
    const { into } = loss();
    const tokens = new Float64Array(24);
    for (const [at, row] of (into.tokenRows as number[]).entries()) {
      for (let i = 0; i < 3; i++) tokens[row * 3 + i] = tokens[row * 3 + i]! + into.tokenValues[at * 3 + i]!;
    }
    for (const [table, gradient] of [
      [parameters.tokens, tokens],
      [parameters.numbers, into.numbers],
      [parameters.classes, into.classes],
    ] as const) {
      for (let i = 0; i < table.length; i++) {
        const kept = table[i]!;
        const step = 2 ** -7;
        table[i] = kept + step;
        const [above, upper] = [loss().value, table[i]!];
        table[i] = kept - step;
        const [below, lower] = [loss().value, table[i]!];
        table[i] = kept;
        expect(gradient[i]).toBeCloseTo((above - below) / (upper - lower), 3);
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
