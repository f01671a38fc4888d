import { prepareKernels, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { createRandom } from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { encoderOf } from './encoders.js';
import { fillParameter, parameterShapes } from './parameter-shapes.js';
import type { EncoderName, RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';

const dim = 8;
const items = 12;
const seed = new Uint8Array(32).fill(2);
const encoders: readonly EncoderName[] = [
  'transformer',
  'mean',
  'sasrec',
  'comirec-sa',
  'comirec-dr',
  'mind',
];

function shapeOf(encoder: EncoderName): RetrievalShape {
  const several = encoder === 'transformer' || encoder === 'mean' || encoder === 'sasrec' ? 1 : 3;
  return {
    encoder,
    dim,
    maxLength: 6,
    heads: 2,
    hidden: 12,
    crossDim: 0,
    codes: [],
    layers: 2,
    vectors: several,
  };
}

/** Every parameter at random, so that nothing is hidden by a zero. */
function randomParameters(shape: RetrievalShape): Map<string, Float32Array> {
  const parameters = new Map<string, Float32Array>();
  for (const { name, shape: size } of parameterShapes(shape, items)) {
    const data = new Float32Array(size.reduce((a, b) => a * b, 1));
    fillParameter(data, size, 'fan', createRandom(seed, name));
    parameters.set(name, data);
  }
  return parameters;
}

/** What an encoder makes of the whole of each history, padded to one length with the given item. */
function encode(
  shape: RetrievalShape,
  histories: readonly (readonly number[])[],
  padding = 0,
  parameters = randomParameters(shape),
): number[][] {
  return scoped(() => {
    const model: Record<string, Tensor> = {};
    for (const { name, shape: size } of parameterShapes(shape, items)) {
      model[name] = tensor(parameters.get(name)!, size as number[]);
    }
    const length = Math.max(...histories.map((history) => history.length));
    const rows = new Int32Array(histories.length * length).fill(padding);
    histories.forEach((history, user) => {
      rows.set(history, user * length);
    });
    const places = Int32Array.from(histories, (history, user) => user * (length + 1) + history.length);
    const batch = { users: histories.length, length, rows, codes: [], places };
    const flat = encoderOf(shape)
      .forward(model as ModelTensors, shape, model.items!, batch)
      .dataSync();
    const width = flat.length / histories.length;
    return histories.map((_, user) => Array.from(flat.slice(user * width, (user + 1) * width)));
  });
}

beforeAll(async () => {
  await prepareKernels();
});

describe.each(encoders)('the encoder %s', (encoder) => {
  const shape = shapeOf(encoder);

  it('gives the same bits whatever stands behind a history', () => {
    const [alone] = encode(shape, [[4, 2, 7]]);
    const [, beside] = encode(
      shape,
      [
        [1, 2, 3, 4, 5, 6],
        [4, 2, 7],
      ],
      0,
    );
    const [, other] = encode(
      shape,
      [
        [6, 5, 4, 3, 2, 1],
        [4, 2, 7],
      ],
      9,
    );
    expect(beside).toEqual(alone);
    expect(other).toEqual(alone);
  });

  it('has an answer for a history of nothing', () => {
    const [nobody] = encode(shape, [[], [1, 2]]);
    expect(nobody!.some((value) => value !== 0)).toBe(true);
    expect(encode(shape, [[]])[0]).toEqual(nobody);
  });

  it('sees every item of a history', () => {
    const [before] = encode(shape, [[1, 2, 3]]);
    for (const changed of [
      [9, 2, 3],
      [1, 9, 3],
      [1, 2, 9],
    ])
      expect(encode(shape, [changed])[0]).not.toEqual(before);
  });
});

describe('attention pooling', () => {
  const shape = shapeOf('comirec-sa');

  it('favours no item more than the nearest item of the history does: interests lie in their convex hull', () => {
    const parameters = randomParameters(shape);
    const table = parameters.get('items')!;
    const history = [3, 8, 5, 1];
    const [vectors] = encode(shape, [history], 0, parameters);
    const inner = (a: ArrayLike<number>, b: ArrayLike<number>) => {
      let product = 0;
      for (let i = 0; i < dim; i++) product += a[i]! * b[i]!;
      return product;
    };
    const vectorOf = (item: number) => table.subarray(item * dim, (item + 1) * dim);
    for (let item = 0; item < items; item++) {
      const most = Math.max(...history.map((taken) => inner(vectorOf(taken), vectorOf(item))));
      for (let k = 0; k < 3; k++) {
        expect(inner(vectors!.slice(k * dim, (k + 1) * dim), vectorOf(item))).toBeLessThanOrEqual(
          most + 1e-5,
        );
      }
    }
  });

  it('tells two equal heads apart by nothing', () => {
    const parameters = randomParameters(shape);
    const out = parameters.get('pooling/out')!;
    for (let i = 0; i < out.length; i += 3) out[i + 1] = out[i]!;
    const [vectors] = encode(shape, [[3, 8, 5, 1]], 0, parameters);
    expect(vectors!.slice(dim, 2 * dim)).toEqual(vectors!.slice(0, dim));
    expect(vectors!.slice(2 * dim)).not.toEqual(vectors!.slice(0, dim));
  });
});

describe('interest routing', () => {
  it.each(['comirec-dr', 'mind'] as const)('of %s makes capsules shorter than 1', (encoder) => {
    const [vectors] = encode(shapeOf(encoder), [[3, 8, 5, 1]]);
    for (let k = 0; k < 3; k++) {
      const squares = vectors!.slice(k * dim, (k + 1) * dim).reduce((sum, x) => sum + x * x, 0);
      expect(squares).toBeGreaterThan(0);
      expect(squares).toBeLessThan(1);
    }
  });

  it('agrees with a plain computation of its three rounds, over either axis', () => {
    for (const routingAxis of ['interests', 'sequence'] as const) {
      const shape: RetrievalShape = { ...shapeOf('comirec-dr'), routingAxis };
      const parameters = randomParameters(shape);
      const history = [3, 8, 5];
      const [vectors] = encode(shape, [history], 0, parameters);
      const expected = plainRouting(parameters, history, routingAxis);
      vectors!.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 4);
      });
    }
  });
});

/** Dynamic routing as ComiRec's code does it, in float64. */
function plainRouting(
  parameters: ReadonlyMap<string, Float32Array>,
  history: readonly number[],
  axis: 'interests' | 'sequence',
): number[] {
  const vectors = 3;
  const table = parameters.get('items')!;
  const map = parameters.get('routing/map')!;
  const width = vectors * dim;
  const capsule = (k: number, place: number) =>
    Array.from({ length: dim }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < dim; i++)
        sum += table[history[place]! * dim + i]! * map[(place * dim + i) * width + k * dim + j]!;
      return sum;
    });
  const capsules = Array.from({ length: vectors }, (_, k) =>
    history.map((_item, place) => capsule(k, place)),
  );
  const logits = capsules.map((places) => places.map(() => 0));
  let interests: number[][] = [];
  for (let round = 0; round < 3; round++) {
    const share = (k: number, place: number) => {
      const rivals = axis === 'interests' ? logits.map((row) => row[place]!) : logits[k]!;
      return Math.exp(logits[k]![place]!) / rivals.reduce((sum, logit) => sum + Math.exp(logit), 0);
    };
    interests = capsules.map((places, k) => {
      const sums = Array.from({ length: dim }, (_, j) =>
        places.reduce((sum, vector, place) => sum + share(k, place) * vector[j]!, 0),
      );
      const squares = sums.reduce((sum, x) => sum + x * x, 0);
      return sums.map((x) => ((squares / (1 + squares)) * x) / Math.sqrt(squares));
    });
    logits.forEach((row, k) => {
      row.forEach((_, place) => {
        row[place]! += capsules[k]![place]!.reduce((sum, x, j) => sum + x * interests[k]![j]!, 0);
      });
    });
  }
  return interests.flat();
}
