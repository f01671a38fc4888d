import { createState, setTensor } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { addPlaces, itemVectorsOf, ownShifts, placesOf, spaceWeight } from './item-vectors.js';

// Three rows of a catalogue; they are the items 2, 0 and 1 of the data set. The scale of two coordinates is 0.5 * sqrt(2).
const scale = 0.5 * Math.SQRT2;

function placed() {
  const state = createState('joint');
  setTensor(state, 'model/items', [3, 2], Float32Array.of(1, 0, 0, 1, -1, 2));
  setTensor(state, `model/${spaceWeight}`, [2, 2], Float32Array.of(1, 2, -1, 0.5));
  addPlaces(state, Uint32Array.of(2, 0, 1), {
    dim: 2,
    items: Float32Array.of(0.5, 0, 0, 0, -0.25, 0.75),
    read: () => {},
    readPlace: () => {},
  });
  return state;
}

describe('item vectors', () => {
  it('are the free ones plus the places through the map', () => {
    const [x, y] = [-0.25 * scale, 0.75 * scale];
    const first = [1 + x - y, 2 * x + 0.5 * y];
    const second = [0.5 * scale, 1 + 2 * 0.5 * scale];
    const expected = [...first, ...second, -1, 2];
    itemVectorsOf(placed(), 'model/').forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });

  it('come for chosen rows alone', () => {
    const state = placed();
    const whole = itemVectorsOf(state, 'model/');
    const chosen = itemVectorsOf(state, 'model/', Uint32Array.of(2, 0));
    expect(Array.from(chosen)).toEqual([...whole.slice(4, 6), ...whole.slice(0, 2)]);
  });

  it('are the free ones where there is no representation', () => {
    const state = createState('joint');
    setTensor(state, 'model/items', [1, 2], Float32Array.of(3, 4));
    expect(Array.from(itemVectorsOf(state, 'model/'))).toEqual([3, 4]);
    expect(placesOf(state, Uint32Array.of(0), 0)).toBeUndefined();
  });

  it('are shifted by what the user’s own events did to the place of a target', () => {
    const shifts = ownShifts(placed(), Int32Array.of(1), Float32Array.of(0.1, 0.2), 2);
    expect(shifts[0]).toBeCloseTo(scale * (0.1 - 0.5), 6);
    expect(shifts[1]).toBeCloseTo(scale * 0.2, 6);
  });
});
