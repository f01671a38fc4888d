import { prepareKernels, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { eventLayout, sumByUser } from './event-layout.js';
import { eventProducts, largestByUser, mixEvents, userProducts } from './event-target-pairs.js';

const random = createRandom(new Uint8Array(32).fill(5), 'pairs');
const counts = [3, 0, 21, 1];
const layout = eventLayout(counts);
const [targets, width] = [5, 7];
const table = (rows: number, columns: number) => random.fillNormal(new Float32Array(rows * columns), 0, 1);
const events = table(layout.events, width);
const weights = table(layout.events, targets).map(Math.abs);
const users = table(counts.length, width);
const rows = table(counts.length * targets, width);
const values = (x: Tensor): number[] => Array.from(x.dataSync<'float32'>());

beforeAll(() => prepareKernels());

describe('pairs of many users', () => {
  /** What a user alone gives, as one whose targets are shared. */
  function alone(user: number) {
    const [start, end] = [layout.starts[user]!, layout.starts[user + 1]!];
    const own = eventLayout([counts[user]!]);
    const pairs = { layout: own, targets, kind: 'shared' } as const;
    const at = (data: Float32Array, from: number, to: number, columns: number): Tensor =>
      tensor(data.slice(from * columns, to * columns), [to - from, columns]);
    const ofTargets = at(rows, user * targets, (user + 1) * targets, width);
    const ofEvents = at(events, start, end, width);
    const ofWeights = at(weights, start, end, targets);
    return {
      products: values(eventProducts(pairs, ofEvents, ofTargets)),
      userProducts: values(userProducts(pairs, at(users, user, user + 1, width), ofTargets)),
      mixed: values(mixEvents(own, ofWeights, ofEvents)),
      sums: values(sumByUser(own, ofEvents)),
      largest: values(largestByUser(pairs, ofWeights)),
    };
  }

  it('have the bits of each user alone', () => {
    scoped(() => {
      const pairs = { layout, targets, kind: 'own' } as const;
      const [x, w] = [tensor(events, [layout.events, width]), tensor(weights, [layout.events, targets])];
      const y = tensor(rows, [counts.length * targets, width]);
      const together = {
        products: values(eventProducts(pairs, x, y)),
        userProducts: values(userProducts(pairs, tensor(users, [counts.length, width]), y)),
        mixed: values(mixEvents(layout, w, x)),
        sums: values(sumByUser(layout, x)),
        largest: values(largestByUser(pairs, w)),
      };
      const apart = counts.map((_, user) => alone(user));
      for (const name of Object.keys(together) as (keyof typeof together)[]) {
        expect(together[name]).toEqual(apart.flatMap((one) => one[name]));
      }
    });
  });
});
