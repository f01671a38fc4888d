import { gramMatrix, solvePositiveDefinite } from './ridge-solve.js';

/** Numbers of the factorisation. */
export interface FactorSettings {
  readonly dim: number;
  /** Extra confidence of an observed pair over an unobserved one. */
  readonly alpha: number;
  /** Ridge of every row. */
  readonly regularisation: number;
}

/** A bipartite graph in compressed rows: the neighbours of row r are `neighbours[offsets[r] .. offsets[r + 1]]`. */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
}

/**
 * One sweep of alternating least squares for implicit feedback (Hu, Koren and Volinsky 2008): users from items, then
 * items from the new users. This is our encoder of the user-item graph of all domains, in the place of a graph
 * convolution: with equal data it ranked better for users without target events, and it needs no optimiser memory.
 * Rows without neighbours become zero.
 *
 * @param byUser items of every user @param items factors [items, dim], the result replaces them
 */
export function factorSweep(byUser: Adjacency, items: Float32Array, settings: FactorSettings): void {
  const users = userFactors(byUser, items, settings);
  solveRows(transpose(byUser, items.length / settings.dim), users, items, settings);
}

/** Factors of the users that go with the items', the first half of a sweep: `[users, dim]`. */
export function userFactors(byUser: Adjacency, items: Float32Array, settings: FactorSettings): Float32Array {
  const users = new Float32Array((byUser.offsets.length - 1) * settings.dim);
  solveRows(byUser, items, users, settings);
  return users;
}

/** The same graph by the other side, neighbours ascending. @param rows number of rows of the result */
export function transpose(graph: Adjacency, rows: number): Adjacency {
  const offsets = new Uint32Array(rows + 1);
  for (const neighbour of graph.neighbours) offsets[neighbour + 1] = offsets[neighbour + 1]! + 1;
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row + 1]! + offsets[row]!;
  const next = offsets.slice();
  const neighbours = new Uint32Array(graph.neighbours.length);
  for (let row = 0; row + 1 < graph.offsets.length; row++) {
    for (let at = graph.offsets[row]!; at < graph.offsets[row + 1]!; at++) {
      const neighbour = graph.neighbours[at]!;
      const place = next[neighbour]!;
      neighbours[place] = row;
      next[neighbour] = place + 1;
    }
  }
  return { offsets, neighbours };
}

/** Each row x: (Y'Y + alpha sum y y' + ridge I) x = (1 + alpha) sum y, over its neighbours y. */
function solveRows(graph: Adjacency, from: Float32Array, to: Float32Array, settings: FactorSettings): void {
  const { dim, alpha, regularisation } = settings;
  const gram = gramMatrix(from, dim);
  for (let i = 0; i < dim; i++) gram[i * dim + i] = gram[i * dim + i]! + regularisation;
  const system = new Float64Array(dim * dim);
  const right = new Float64Array(dim);
  for (let row = 0; row + 1 < graph.offsets.length; row++) {
    const [start, end] = [graph.offsets[row]!, graph.offsets[row + 1]!];
    if (start === end) {
      to.fill(0, row * dim, (row + 1) * dim);
      continue;
    }
    system.set(gram);
    right.fill(0);
    for (let at = start; at < end; at++) {
      addNeighbour(from, graph.neighbours[at]! * dim, alpha, system, right);
    }
    solvePositiveDefinite(system, right, dim);
    to.set(right, row * dim);
  }
}

/** Adds the factor y at an offset to a row's system: alpha y y' to its lower triangle, (1 + alpha) y to its right side. */
export function addNeighbour(
  factors: Float32Array,
  offset: number,
  alpha: number,
  system: Float64Array,
  right: Float64Array,
): void {
  const dim = right.length;
  for (let i = 0; i < dim; i++) {
    const value = factors[offset + i]!;
    right[i] = right[i]! + (1 + alpha) * value;
    const scaled = alpha * value;
    const start = i * dim;
    for (let j = 0; j <= i; j++) system[start + j] = system[start + j]! + scaled * factors[offset + j]!;
  }
}
