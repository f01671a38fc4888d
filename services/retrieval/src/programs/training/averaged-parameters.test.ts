import { createState, setTensor } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { addAverages, averagePrefix, moveAverages } from './averaged-parameters.js';

describe('averaged parameters', () => {
  it('start where the parameters do, follow them at once at first, and slowly later', () => {
    const state = createState('joint');
    setTensor(state, 'model/a', [1], Float32Array.of(1));
    addAverages(state, ['model/a']);
    const average = () => (state.tensors.get(`${averagePrefix}a`)!.data as Float32Array)[0]!;
    expect(average()).toBe(1);
    (state.tensors.get('model/a')!.data as Float32Array)[0] = 2;
    moveAverages(state, 0.99, 0);
    expect(average()).toBeCloseTo(0.1 * 1 + 0.9 * 2, 6);
    const before = average();
    moveAverages(state, 0.99, 1_000_000);
    expect(average()).toBeCloseTo(0.99 * before + 0.01 * 2, 6);
  });
});
