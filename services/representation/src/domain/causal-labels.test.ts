import { createRandom } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';

import { certainNegatives, labelCauses, labelPropensity } from './causal-labels.js';

const settings = { floor: 0.1, threshold: 0.5, temperature: 0.1, most: 3 };
const seed = new Uint8Array(32).fill(7);

describe('labelCauses', () => {
  it('labels only the most similar events, each with its logged propensity', () => {
    const similarities = [0.9, 0.2, 0.6, -0.3, 0.5, 0.1];
    const counts = similarities.map(() => 0);
    const draws = 4_000;
    let propensities: ArrayLike<number> = [];
    for (let draw = 0; draw < draws; draw++) {
      const drawn = labelCauses(similarities, settings, createRandom(seed, 'coins', draw));
      for (const [event, label] of drawn.labels.entries()) counts[event] = counts[event]! + label;
      propensities = drawn.propensities;
    }
    expect([counts[1], counts[3], counts[5]]).toEqual([0, 0, 0]);
    for (const event of [0, 2, 4]) {
      const e = propensities[event]!;
      const deviation = Math.sqrt((e * (1 - e)) / draws);
      expect(Math.abs(counts[event]! / draws - e)).toBeLessThan(4 * deviation);
    }
  });

  it('gives the same labels for the same coins', () => {
    const draw = () => Array.from(labelCauses([0.4, 0.8], settings, createRandom(seed, 'coins', 5)).labels);
    expect(draw()).toEqual(draw());
  });

  it('never lets a propensity fall to the floor or below, and raises it with similarity', () => {
    const propensities = [-1, 0, 0.5, 0.9, 1].map((similarity) => labelPropensity(similarity, settings));
    expect(propensities[0]).toBeGreaterThanOrEqual(settings.floor);
    expect(propensities[2]).toBeCloseTo(0.55, 12);
    expect([...propensities].sort((a, b) => a - b)).toEqual(propensities);
  });

  it('calls every row a certain negative where nothing happened', () => {
    const { labels, propensities } = certainNegatives(2);
    expect(Array.from(labels)).toEqual([0, 0]);
    expect(Array.from(propensities)).toEqual([1, 1]);
  });
});
