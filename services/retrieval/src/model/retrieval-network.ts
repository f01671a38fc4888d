import { dispose, expandDims, keep, logSumExp, matMul, scoped, type Tensor, tensor } from '@isthmus/kernels';
import { log, type StateTensor } from '@isthmus/learning';
import type { ScoredTuple } from '../domain/best-first-tuples.js';
import { type InterestDictionary, writeInterestEmbedding } from '../domain/interest-dictionary.js';
import { EncoderPasses } from './encoder-passes.js';
import { givesQueries } from './encoders.js';
import { type InterestPosterior, interestPosterior, topInterests } from './interest-posterior.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';
import { crossInput, posteriorLogits, queryVectors, statesAt, userVectors } from './user-state.js';

/** A user as a retrieval model sees one. */
export interface UserInput {
  /** Rows of the items taken in the target domain, oldest first; only the last ones are looked at. */
  readonly history: ArrayLike<number>;
  /** The representation of the user's other domains; undefined for none. */
  readonly cross?: { readonly vector: Float32Array; readonly gate: number } | undefined;
}

/** How many interests are wanted. */
export interface InterestRequest {
  readonly interests: number;
  /** Most interests that share their first code; 0 for no bound. */
  readonly maxPerTopCode?: number;
  /** Tuples that own items, `[codes_1 * codes_2]`; the model's own items where left out. */
  readonly owned?: Uint8Array;
}

/** A user's interests and what to search with. */
export interface EncodedUser {
  /** Most probable first. A model without a dictionary gives its K vectors, with no codes and probability 1/K each. */
  readonly interests: readonly ScoredTuple[];
  /** One query for each interest, `[interests, dim]`. */
  readonly queries: Float32Array;
  /**
   * Log of the sum of `exp <query, item>` over the model's items, for each interest. A score minus it is the log
   * probability of an item under that interest, which can be compared between the interests of a user.
   */
  readonly logNormalisers: Float32Array;
}

/** What the forward pass needs. */
export interface RetrievalWeights {
  readonly shape: RetrievalShape;
  /** Parameters by name, without a prefix. */
  readonly parameters: ReadonlyMap<string, StateTensor>;
  readonly dictionary: InterestDictionary;
  /** Codes of the items, `[items, levels]`. */
  readonly codes: Uint32Array;
  readonly temperature: number;
}

/** The forward pass of a retrieval model over weights that stay in place. The kernels must be ready. */
export class RetrievalNetwork {
  readonly #weights: RetrievalWeights;
  readonly #tensors: ModelTensors;
  readonly #items: Tensor;
  readonly #passes: EncoderPasses;
  /** Vectors of the items, `[items, dim]`. */
  readonly itemVectors: Float32Array;
  /** Tuples that own items, `[codes_1 * codes_2]`. */
  readonly owned: Uint8Array;

  constructor(weights: RetrievalWeights) {
    this.#weights = weights;
    this.itemVectors = weights.parameters.get('items')!.data as Float32Array;
    this.owned = ownedTuples(weights.shape.codes, weights.codes);
    const tensors: Record<string, Tensor> = {};
    for (const [name, { shape, data }] of weights.parameters) {
      if (name !== 'items') tensors[name] = keep(tensor(data as Float32Array, shape as number[]));
    }
    this.#tensors = tensors;
    this.#items = keep(
      tensor(this.itemVectors, [this.itemVectors.length / weights.shape.dim, weights.shape.dim]),
    );
    this.#passes = new EncoderPasses(weights.shape, tensors, this.#items);
  }

  /** Interests and queries of several users in one pass. */
  encode(users: readonly UserInput[], request: InterestRequest): EncodedUser[] {
    return scoped(() => {
      const states = this.#states(users);
      if (givesQueries(this.#weights.shape)) return this.#heads(states);
      const vectors = userVectors(this.#tensors, states);
      if (this.#weights.shape.codes.length === 0) return this.#withoutInterests(vectors);
      const posteriors = this.#posteriors(states);
      const owned = request.owned ?? this.owned;
      const interests = posteriors.map((posterior) =>
        topInterests(posterior, owned, request.interests, request.maxPerTopCode),
      );
      return this.#withInterests(vectors, interests);
    });
  }

  /** Posteriors over all interests, owned or not. */
  posteriors(users: readonly UserInput[]): InterestPosterior[] {
    return scoped(() => this.#posteriors(this.#states(users)));
  }

  /** Gives the memory of the weights back. */
  dispose(): void {
    this.#passes.dispose();
    dispose([this.#items, ...Object.values(this.#tensors)]);
  }

  #states(users: readonly UserInput[]): Tensor {
    const { shape, codes } = this.#weights;
    const lengths = users.map(({ history }) => Math.min(history.length, shape.maxLength));
    const length = Math.max(0, ...lengths);
    const rows = new Int32Array(users.length * length);
    const levels = shape.codes.length;
    const codesOfLevel = shape.codes.map(() => new Int32Array(rows.length));
    users.forEach(({ history }, user) => {
      for (let place = 0; place < lengths[user]!; place++) {
        const item = history[history.length - lengths[user]! + place]!;
        const at = user * length + place;
        rows[at] = item;
        codesOfLevel.forEach((levelCodes, level) => {
          levelCodes[at] = codes[item * levels + level]!;
        });
      }
    });
    const places = Int32Array.from(lengths, (taken, user) => user * (length + 1) + taken);
    const states = this.#passes.run(users.length, length, {
      rows,
      codes: codesOfLevel,
      places,
      cross: shape.crossDim === 0 ? undefined : this.#cross(users),
    });
    return tensor(states, [users.length, states.length / users.length]);
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
    const queries = queryVectors(this.#tensors, vectors, undefined).dataSync<'float32'>();
    return Array.from({ length: queries.length / dim }, (_, user) => ({
      interests: [{ codes: [], logProbability: 0 }],
      queries: queries.slice(user * dim, (user + 1) * dim),
      logNormalisers: new Float32Array(1),
    }));
  }

  #withInterests(vectors: Tensor, interests: readonly ScoredTuple[][]): EncodedUser[] {
    const { shape, dictionary } = this.#weights;
    const width = shape.codes.length * shape.dim;
    const owners = interests.flatMap((list, user) => list.map(() => user));
    const embeddings = new Float32Array(owners.length * width);
    interests.flat().forEach(({ codes }, row) => {
      writeInterestEmbedding(dictionary, codes, embeddings, row * width);
    });
    const repeated = statesAt(expandDims(vectors, 1), Int32Array.from(owners));
    const fused = queryVectors(this.#tensors, repeated, tensor(embeddings, [owners.length, width]));
    const queries = fused.dataSync<'float32'>();
    const normalisers = logSumExp(matMul(fused, this.#items, false, true)).dataSync<'float32'>();
    let row = 0;
    return interests.map((list) => {
      const start = row;
      row += list.length;
      return {
        interests: list,
        queries: queries.slice(start * shape.dim, row * shape.dim),
        logNormalisers: normalisers.slice(start, row),
      };
    });
  }
}

/** Marks the tuples that own an item: `[codes_1 * codes_2]`. */
export function ownedTuples(counts: readonly number[], codes: Uint32Array): Uint8Array {
  const owned = new Uint8Array(counts.reduce((product, count) => product * count, 1));
  const levels = counts.length;
  for (let item = 0; levels > 0 && item * levels < codes.length; item++) {
    let tuple = 0;
    for (let level = 0; level < levels; level++)
      tuple = tuple * counts[level]! + codes[item * levels + level]!;
    owned[tuple] = 1;
  }
  return owned;
}
