import { float32Tensor, type TrainingState } from '@isthmus/learning';
import { copyRows } from './copy-rows.js';
import type { CrossDomainReader } from './cross-domain-reader.js';
import { addContent, contentWeight } from './item-content.js';

/** Map from the space of the representation to the items' own, `[crossDim, dim]`; a parameter of training alone. */
export const spaceWeight = 'space/weight';
/** Where the representation places the items, `[items, crossDim]`: a constant part of the state. */
const placesTensor = 'catalogue/places';
/** Length of a place that the representation is sure of, as that of a user's input: a root mean square of one half. */
const placeScale = (crossDim: number): number => 0.5 * Math.sqrt(crossDim);

/** Where the representation places the rows of the catalogue, scaled; written to the state once. */
export function addPlaces(state: TrainingState, rows: Uint32Array, cross: CrossDomainReader): void {
  const { dim, items } = cross;
  const scale = placeScale(dim);
  const data = new Float32Array(rows.length * dim);
  rows.forEach((item, row) => {
    for (let i = 0; i < dim; i++) data[row * dim + i] = scale * items[item * dim + i]!;
  });
  state.tensors.set(placesTensor, { type: 'float32', shape: [rows.length, dim], data });
}

/** Places of some rows, `[rows, crossDim]`; undefined where the run has no representation. */
export function placesOf(
  state: TrainingState,
  rows: Uint32Array,
  crossDim: number,
): Float32Array | undefined {
  if (crossDim === 0) return undefined;
  return copyRows(float32Tensor(state, placesTensor), rows, crossDim);
}

/**
 * How far the user's own events have moved the target of each row, `[rows, crossDim]`: where the representation would place it
 * had the user never been there, minus where it does. Learnt with it, what a model trusts is what holds for coming events.
 */
export function ownShifts(
  state: TrainingState,
  targets: Int32Array,
  ownPlaces: Float32Array,
  crossDim: number,
): Float32Array {
  const places = float32Tensor(state, placesTensor);
  const scale = placeScale(crossDim);
  const shifts = new Float32Array(ownPlaces.length);
  targets.forEach((target, row) => {
    for (let i = 0; i < crossDim; i++)
      shifts[row * crossDim + i] = scale * ownPlaces[row * crossDim + i]! - places[target * crossDim + i]!;
  });
  return shifts;
}

/**
 * Vectors of items as they are served, `[rows, dim]`: `g_j = e_j + c_j + p_j W`. `e_j` is learnt freely, `c_j` is the mean of the
 * vectors of its category and tokens, `p_j` is where the representation places the item, and these vectors and W are learnt, so
 * that items of which there are few events stand among their kin.
 *
 * @param prefix of the parameters in the state
 * @param rows of the catalogue; all of them where left out
 */
export function itemVectorsOf(state: TrainingState, prefix: string, rows?: Uint32Array): Float32Array {
  const free = float32Tensor(state, `${prefix}items`);
  const [items, dim] = state.tensors.get(`${prefix}items`)!.shape as [number, number];
  const chosen = rows ?? Uint32Array.from({ length: items }, (_, row) => row);
  const vectors = copyRows(free, chosen, dim);
  if (state.tensors.has(prefix + contentWeight)) addContent(state, prefix, chosen, vectors);
  if (state.tensors.has(prefix + spaceWeight)) addPlaced(state, prefix, chosen, vectors);
  return vectors;
}

/** Adds `p_j W` to the vectors of the rows, summed in float64. */
function addPlaced(state: TrainingState, prefix: string, rows: Uint32Array, vectors: Float32Array): void {
  const weight = float32Tensor(state, prefix + spaceWeight);
  const places = float32Tensor(state, placesTensor);
  const [, crossDim] = state.tensors.get(placesTensor)!.shape as [number, number];
  const dim = weight.length / crossDim;
  const sum = new Float64Array(dim);
  rows.forEach((row, at) => {
    for (let j = 0; j < dim; j++) sum[j] = vectors[at * dim + j]!;
    for (let i = 0; i < crossDim; i++) {
      const place = places[row * crossDim + i]!;
      for (let j = 0; j < dim; j++) sum[j] = sum[j]! + place * weight[i * dim + j]!;
    }
    vectors.set(sum, at * dim);
  });
}
