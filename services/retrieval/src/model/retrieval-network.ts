import { dispose, expandDims, keep, matMul, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { log, type StateTensor } from '@isthmus/learning';
import { type InterestDictionary, tupleNumber } from '../domain/interest-dictionary.js';
import { InterestLists } from '../domain/interest-lists.js';
import { type AskedInterests, askedInterests, encodedUserOf, scorePartsOf } from './asked-interests.js';
import type { EncodedUser, InterestRequest, ScoreParts, UserInput } from './encoded-user.js';
import { EncoderPasses } from './encoder-passes.js';
import { givesQueries } from './encoders.js';
import { InsideScorer } from './inside-scorer.js';
import { type PaddedHistories, queriesOfInterests } from './interest-passes.js';
import { type InterestPosterior, interestPosterior, topInterests } from './interest-posterior.js';
import { interestItems, interestSpace } from './interest-tower.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';
import { crossInput, posteriorLogits, queryVectors, statesAt, userVectors } from './user-state.js';

/** What the forward pass needs. */
export interface RetrievalWeights {
  readonly shape: RetrievalShape;
  /** The first so many items are ranked; others stand in histories only. All where left out. */
  readonly targets?: number;
  /** Parameters by name, without a prefix. */
  readonly parameters: ReadonlyMap<string, StateTensor>;
  readonly dictionary: InterestDictionary;
  /** Codes of the items, `[items, levels]`. */
  readonly codes: Uint32Array;
  readonly temperature: number;
  /** Weight of what is said among the items of an interest, at least 0. */
  readonly interestShare: number;
}

/** The forward pass of a retrieval model over weights that stay in place. The kernels must be ready. */
export class RetrievalNetwork {
  readonly #weights: RetrievalWeights;
  readonly #tensors: ModelTensors;
  readonly #items: Tensor;
  /** Those that are ranked. */
  readonly #ranked: Tensor;
  /** Undefined for a model without a dictionary. */
  readonly #inside: Tensor | undefined;
  readonly #scorer: InsideScorer | undefined;
  readonly #lists: InterestLists;
  readonly #passes: EncoderPasses;
  /**
   * Vectors of the items that are ranked, as they are searched, `[items, vectorLength]`: with a dictionary an item's own vector and then that among the
   * items of its interest.
   */
  readonly itemVectors: Float32Array;
  readonly vectorLength: number;
  /** Tuples that own items, `[codes_1 * codes_2]`. */
  readonly owned: Uint8Array;

  constructor(weights: RetrievalWeights) {
    this.#weights = weights;
    const { shape, parameters, codes } = weights;
    const own = parameters.get('items')!;
    const items = own.shape[0]!;
    const targets = weights.targets ?? items;
    const inside = shape.codes.length === 0 ? undefined : parameters.get(interestItems);
    const ranked = (own.data as Float32Array).subarray(0, targets * shape.dim);
    this.itemVectors =
      inside === undefined ? ranked : sideBySide(ranked, inside.data as Float32Array, shape.dim);
    this.vectorLength = inside === undefined ? shape.dim : 2 * shape.dim;
    this.owned = ownedTuples(shape.codes, codes.subarray(0, targets * shape.codes.length));
    this.#lists = new InterestLists(shape.codes);
    for (let row = 0; shape.codes.length > 0 && row < targets; row++)
      this.#lists.put(row, this.#lists.tupleOf(codes, row * shape.codes.length));
    const tensors: Record<string, Tensor> = {};
    for (const [name, { shape: size, data }] of parameters) {
      if (name !== 'items' && name !== interestItems)
        tensors[name] = keep(tensor(data as Float32Array, size as number[]));
    }
    this.#tensors = tensors;
    this.#items = keep(tensor(own.data as Float32Array, own.shape as number[]));
    this.#ranked = targets === items ? this.#items : keep(tensor(ranked, [targets, shape.dim]));
    this.#inside = inside && keep(tensor(inside.data as Float32Array, inside.shape as number[]));
    this.#scorer = inside && new InsideScorer(inside.data as Float32Array, shape.dim, this.#lists);
    this.#passes = new EncoderPasses(shape, tensors, this.#items);
  }

  /** Interests and queries of several users in one pass. */
  encode(users: readonly UserInput[], request: InterestRequest): EncodedUser[] {
    return scoped(() => {
      const histories = this.#histories(users);
      const states = this.#states(users, histories);
      if (givesQueries(this.#weights.shape)) return this.#heads(states);
      const vectors = userVectors(this.#tensors, states);
      if (this.#weights.shape.codes.length === 0) return this.#withoutInterests(vectors);
      const asked = this.#ask(histories, states, vectors, request);
      const own = queryVectors(vectors).dataSync<'float32'>();
      const { dim } = this.#weights.shape;
      return asked.map((found, user) =>
        encodedUserOf(found, own.subarray(user * dim, (user + 1) * dim), this.#weights.interestShare),
      );
    });
  }

  /** What a model with a dictionary says of all of its items, for several users. */
  scoreParts(users: readonly UserInput[], request: InterestRequest): ScoreParts[] {
    return scoped(() => {
      const histories = this.#histories(users);
      const states = this.#states(users, histories);
      const vectors = userVectors(this.#tensors, states);
      const asked = this.#ask(histories, states, vectors, request);
      const own = matMul(queryVectors(vectors), this.#ranked, false, true).dataSync<'float32'>();
      const items = own.length / users.length;
      return asked.map((found, user) => scorePartsOf(found, own.slice(user * items, (user + 1) * items)));
    });
  }

  /** Products of queries `[count, dim]` with the items' own vectors, `[count, items]`. */
  products(queries: Float32Array): Float32Array {
    const { dim } = this.#weights.shape;
    return scoped(() =>
      matMul(tensor(queries, [queries.length / dim, dim]), this.#ranked, false, true).dataSync<'float32'>(),
    );
  }

  /** Whether users have interests of a dictionary. */
  get hasDictionary(): boolean {
    return this.#inside !== undefined;
  }

  /** What an item with the vector g, `[dim]`, is searched by, `[vectorLength]`: with a dictionary `[g ; g W]`. */
  searched(vector: Float32Array): Float32Array {
    if (this.#inside === undefined) return vector;
    const { dim } = this.#weights.shape;
    return scoped(() => {
      const placed = matMul(tensor(vector, [1, dim]), this.#tensors[interestSpace]!).dataSync<'float32'>();
      const joined = new Float32Array(2 * dim);
      joined.set(vector);
      joined.set(placed, dim);
      return joined;
    });
  }

  /** Rows of the model's items under an interest, in no order. */
  itemsOf(codes: readonly number[]): readonly number[] {
    return this.#lists.rowsOf(this.#lists.tupleOf(codes));
  }

  /** Posteriors over all interests, owned or not. */
  posteriors(users: readonly UserInput[]): InterestPosterior[] {
    return scoped(() => this.#posteriors(this.#states(users, this.#histories(users))));
  }

  /** Gives the memory of the weights back. */
  dispose(): void {
    this.#passes.dispose();
    this.#scorer?.dispose();
    const tables = [...new Set([this.#items, this.#ranked])];
    dispose([...tables, ...(this.#inside ? [this.#inside] : []), ...Object.values(this.#tensors)]);
  }

  #states(users: readonly UserInput[], { rows, length, lengths }: PaddedHistories): Tensor {
    const { shape, codes } = this.#weights;
    const levels = shape.codes.length;
    const codesOfLevel = shape.codes.map((_, level) => rows.map((row) => codes[row * levels + level]!));
    const places = Int32Array.from(lengths, (taken, user) => user * (length + 1) + taken);
    const states = this.#passes.run(users.length, length, {
      rows,
      codes: codesOfLevel,
      places,
      cross: shape.crossDim === 0 ? undefined : this.#cross(users),
    });
    return tensor(states, [users.length, states.length / users.length]);
  }

  /** The last items of each history, padded at the end with row 0. */
  #histories(users: readonly UserInput[]): PaddedHistories {
    const lengths = users.map(({ history }) => Math.min(history.length, this.#weights.shape.maxLength));
    const length = Math.max(0, ...lengths);
    const rows = new Int32Array(users.length * length);
    users.forEach(({ history }, user) => {
      const from = history.length - lengths[user]!;
      for (let place = 0; place < lengths[user]!; place++)
        rows[user * length + place] = history[from + place]!;
    });
    return { rows, length, lengths };
  }

  #cross(users: readonly UserInput[]): Float32Array {
    const { shape } = this.#weights;
    const vectors = new Float32Array(users.length * shape.crossDim);
    const gates = new Float32Array(users.length);
    users.forEach(({ cross }, user) => {
      if (cross === undefined) return;
      vectors.set(cross.vector, user * shape.crossDim);
      gates[user] = cross.gate;
    });
    return crossInput(shape, vectors, gates);
  }

  #posteriors(states: Tensor): InterestPosterior[] {
    const [count, width] = this.#weights.shape.codes as [number, number];
    const users = states.shape[0] as number;
    const first = posteriorLogits(this.#tensors, states, []).dataSync<'float32'>();
    const repeated = Int32Array.from({ length: users * count }, (_, i) => Math.floor(i / count));
    const prefix = Int32Array.from({ length: users * count }, (_, i) => i % count);
    const expanded = statesAt(expandDims(states, 1), repeated);
    const second = posteriorLogits(this.#tensors, expanded, [prefix]).dataSync<'float32'>();
    return Array.from({ length: users }, (_, user) =>
      interestPosterior(
        first.subarray(user * count, (user + 1) * count),
        second.subarray(user * count * width, (user + 1) * count * width),
        this.#weights.temperature,
      ),
    );
  }

  /** The vectors of an encoder that gives the queries: interests without codes, none of them more probable than another. */
  #heads(states: Tensor): EncodedUser[] {
    const { dim, vectors = 1 } = this.#weights.shape;
    const values = states.dataSync<'float32'>();
    const logProbability = -log(vectors);
    return Array.from({ length: states.shape[0] as number }, (_, user) => ({
      interests: Array.from({ length: vectors }, () => ({ codes: [], logProbability })),
      queries: values.slice(user * vectors * dim, (user + 1) * vectors * dim),
      logNormalisers: new Float32Array(vectors),
    }));
  }

  #withoutInterests(vectors: Tensor): EncodedUser[] {
    const { dim } = this.#weights.shape;
    const queries = queryVectors(vectors).dataSync<'float32'>();
    return Array.from({ length: queries.length / dim }, (_, user) => ({
      interests: [{ codes: [], logProbability: 0 }],
      queries: queries.slice(user * dim, (user + 1) * dim),
      logNormalisers: new Float32Array(1),
    }));
  }

  /** Interests of several users and what each says of its items. */
  #ask(
    histories: PaddedHistories,
    states: Tensor,
    vectors: Tensor,
    request: InterestRequest,
  ): AskedInterests[] {
    const { shape, dictionary } = this.#weights;
    const owned = request.owned ?? this.owned;
    const interests = this.#posteriors(states).map((posterior) =>
      topInterests(posterior, owned, request.interests, request.maxPerTopCode),
    );
    const question = { ...histories, vectors, interests };
    const queries = queriesOfInterests(this.#tensors, dictionary, this.#inside!, question);
    const values = queries.dataSync<'float32'>();
    const tuples = interests.flat().map(({ codes }) => this.#lists.tupleOf(codes));
    const scored = this.#scorer!.score(values, tuples);
    let next = 0;
    return interests.map((list) => {
      const from = next;
      next += list.length;
      const own = values.slice(from * shape.dim, next * shape.dim);
      const inside = scored.slice(from, next);
      return askedInterests(list, own, inside, this.itemVectors.length / this.vectorLength);
    });
  }
}

/** Vectors as they are searched: the rows of one table and those of another as one, `[rows, 2 dim]`. */
function sideBySide(a: Float32Array, b: Float32Array, dim: number): Float32Array {
  const rows = a.length / dim;
  const joined = new Float32Array(2 * rows * dim);
  for (let row = 0; row < rows; row++) {
    joined.set(a.subarray(row * dim, (row + 1) * dim), 2 * row * dim);
    joined.set(b.subarray(row * dim, (row + 1) * dim), (2 * row + 1) * dim);
  }
  return joined;
}

/** Marks the tuples that own an item: `[codes_1 * codes_2]`. */
export function ownedTuples(counts: readonly number[], codes: Uint32Array): Uint8Array {
  const owned = new Uint8Array(counts.reduce((product, count) => product * count, 1));
  const levels = counts.length;
  for (let item = 0; levels > 0 && item * levels < codes.length; item++) {
    owned[tupleNumber(counts, codes, item * levels)] = 1;
  }
  return owned;
}
