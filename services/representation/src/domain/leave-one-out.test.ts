import { createRandom } from '@isthmus/learning';
import { describe, expect, it } from '@jest/globals';
import { type Adjacency, factorSweep, transpose, userFactors } from './implicit-factors.js';
import { leaveOneOut } from './leave-one-out.js';
import { gramMatrix, solvePositiveDefinite } from './ridge-solve.js';

const settings = { dim: 3, alpha: 4, regularisation: 0.5 };
const itemCount = 6;
const histories = [[0, 1, 2], [1, 2], [0, 3, 4], [2, 4], [1, 3], [5]];
const byUser: Adjacency = {
  offsets: Uint32Array.from([0, ...histories.map((_, user) => histories.slice(0, user + 1).flat().length)]),
  neighbours: Uint32Array.from(histories.flat()),
};
const byItem = transpose(byUser, itemCount);

function factorised() {
  const random = createRandom(new Uint8Array(32).fill(3), 'factors');
  const before = random.fillNormal(new Float32Array(itemCount * settings.dim), 0, 0.5);
  const items = before.slice();
  factorSweep(byUser, items, settings);
  return { users: userFactors(byUser, before, settings), byItem, items };
}

/** The factor solved again from all users but one. */
function solvedWithout(users: Float32Array, user: number, item: number): Float64Array {
  const { dim, alpha, regularisation } = settings;
  const others = users.slice();
  others.fill(0, user * dim, (user + 1) * dim);
  const system = gramMatrix(others, dim);
  const right = new Float64Array(dim);
  for (let i = 0; i < dim; i++) system[i * dim + i]! += regularisation;
  histories.forEach((items, other) => {
    if (other === user || !items.includes(item)) return;
    for (let i = 0; i < dim; i++) {
      right[i]! += (1 + alpha) * users[other * dim + i]!;
      for (let j = 0; j < dim; j++)
        system[i * dim + j]! += alpha * users[other * dim + i]! * users[other * dim + j]!;
    }
  });
  solvePositiveDefinite(system, right, dim);
  return right;
}

describe('leaveOneOut', () => {
  const graph = factorised();
  const factorOf = leaveOneOut(graph, settings);
  const into = new Float64Array(settings.dim);

  it.each([
    [0, 0],
    [0, 2],
    [2, 3],
    [3, 4],
    [5, 5],
  ])('gives what solving again without user %d gives for item %d', (user, item) => {
    factorOf(user, item, into);
    solvedWithout(graph.users, user, item).forEach((value, i) => {
      expect(into[i]).toBeCloseTo(value, 5);
    });
  });

  it('leaves an item as it is that the user has no event with', () => {
    factorOf(1, 5, into);
    expect(Array.from(into)).toEqual(Array.from(graph.items.slice(15, 18)));
  });
});
