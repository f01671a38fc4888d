import { describe, expect, it } from '@jest/globals';

import {
  addTensor,
  addToCounter,
  counter,
  createState,
  float32Tensor,
  int32Tensor,
  setTensor,
  tensorNames,
  uint32Tensor,
} from './training-state.js';

describe('training state', () => {
  it('holds typed tensors by name', () => {
    const state = createState('warm-up');
    expect([state.phase, state.step]).toEqual(['warm-up', 0]);
    addTensor(state, 'w', 'float32', [2, 3])[4] = 1.5;
    setTensor(state, 'codes', [2], Uint32Array.of(3, 4));
    setTensor(state, 'signed', [1], Int32Array.of(-1));
    expect(float32Tensor(state, 'w', [2, 3])[4]).toBe(1.5);
    expect(float32Tensor(state, 'w', [-1, 3]).length).toBe(6);
    expect(Array.from(uint32Tensor(state, 'codes', [2]))).toEqual([3, 4]);
    expect(int32Tensor(state, 'signed')[0]).toBe(-1);
    expect(tensorNames(state)).toEqual(['codes', 'signed', 'w']);
    expect(tensorNames(state, 'c')).toEqual(['codes']);
  });

  it.each([
    ['another name', () => float32Tensor(state(), 'v'), "no tensor 'v'"],
    ['another type', () => uint32Tensor(state(), 'w'), 'is float32 [2,3], not uint32'],
    ['another shape', () => float32Tensor(state(), 'w', [3, 2]), 'is float32 [2,3], not float32 [3,2]'],
    ['another rank', () => float32Tensor(state(), 'w', [6]), 'not float32 [6]'],
    ['a name that is taken', () => addTensor(state(), 'w', 'uint8', [1]), "already has a tensor 'w'"],
    ['data of another size', () => setTensor(state(), 'v', [2], new Float64Array(3)), 'has 3 values'],
    ['an unknown counter', () => counter(state(), 'n'), "no counter 'n'"],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  it('counts from zero', () => {
    const counted = state();
    expect([addToCounter(counted, 'n'), addToCounter(counted, 'n', 2)]).toEqual([1, 3]);
    expect(counter(counted, 'n')).toBe(3);
  });
});

function state() {
  const result = createState('p');
  addTensor(result, 'w', 'float32', [2, 3]);
  return result;
}
