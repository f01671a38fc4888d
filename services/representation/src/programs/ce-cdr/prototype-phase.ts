import { createRandom, setTensor } from '@isthmus/learning';

import { weightedKMeans } from '../../domain/weighted-k-means.js';
import { featuresOf, tensorNames } from '../../model/model-parts.js';
import { targetRows } from '../../model/target-rows.js';
import { bytes, integers } from '../../model/tensor-map.js';
import type { Phase, PhaseContext } from './phase.js';

/** Rounds of k-means. */
const rounds = 15;

/**
 * Representatives of the target catalogue: k-means over the features of the target items, weighted by their events, so
 * that a user can be represented without naming a candidate.
 */
export const prototypePhase: Phase = { name: 'prototypes', steps: () => 1, run: findPrototypes };

function findPrototypes({ values, shape, seed, state }: PhaseContext): void {
  const features = featuresOf(shape, state.tensors);
  const { items } = targetRows(bytes(state.tensors, tensorNames.itemDomains), shape.targetDomain);
  const offsets = integers(state.tensors, tensorNames.popularityOffsets);
  const { dim, contentDim } = shape;
  const width = dim + contentDim;
  const points = new Float32Array(items.length * width);
  const weights = new Float64Array(items.length);
  for (const [row, item] of items.entries()) {
    points.set(features.directions.subarray(item * dim, (item + 1) * dim), row * width);
    points.set(features.content.subarray(item * contentDim, (item + 1) * contentDim), row * width + dim);
    weights[row] = offsets[row + 1]! - offsets[row]!;
  }
  const random = createRandom(seed, 'prototypes/initial');
  const found = weightedKMeans(points, width, weights, values.prototypes, rounds, random);
  const count = found.weights.length;
  const total = found.weights.reduce((sum, weight) => sum + weight, 0);
  const directions = new Float32Array(count * dim);
  const content = new Float32Array(count * contentDim);
  for (let cluster = 0; cluster < count; cluster++) {
    const start = cluster * width;
    directions.set(found.centres.subarray(start, start + dim), cluster * dim);
    content.set(found.centres.subarray(start + dim, start + width), cluster * contentDim);
  }
  setTensor(state, tensorNames.prototypeDirections, [count, dim], directions);
  setTensor(state, tensorNames.prototypeContent, [count, contentDim], content);
  setTensor(
    state,
    tensorNames.prototypeShares,
    [count],
    found.weights.map((weight) => weight / total),
  );
}
