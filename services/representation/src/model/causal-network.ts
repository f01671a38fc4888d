import { gatherRows, PlanShelf, scoped, type Tensor, tensor, transpose } from '@isthmus/kernels';
import { attend } from './causal-attention.js';
import { representTargets, representUsers } from './causal-representation.js';
import { causalScores } from './causal-scorer.js';
import { type EventLayout, eventLayout } from './event-layout.js';
import type { EventTargetPairs } from './event-target-pairs.js';
import { HeldTensors } from './held-tensors.js';
import { type ItemRows, itemRows, rowsAt } from './item-rows.js';
import { prototypeFeatures, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { projection, type ScorerTables, scorerTables } from './scorer-tables.js';
import { doubles, type TensorMap } from './tensor-map.js';

/** Representations of users as wholes, users and their events one after the other. */
export interface UserOutputs {
  /** `[users, dim]`; zero without source events. */
  readonly vectors: Float32Array;
  /** `[users]`; exactly 0 without source events. */
  readonly gates: Float32Array;
  /** a_j and w_j, `[events]`. */
  readonly probabilities: Float32Array;
  readonly weights: Float32Array;
}

/** What the source events of one user are to targets. */
export interface ScoreOutputs {
  /** a_j, `[targets, events]`. */
  readonly probabilities: Float32Array;
  /** `[targets]` */
  readonly gates: Float32Array;
}

/** Representations of one user for targets. */
export interface TargetOutputs extends ScoreOutputs {
  /** w_j, `[targets, events]`. */
  readonly weights: Float32Array;
  /** `[targets, dim]` */
  readonly vectors: Float32Array;
}

/** Most plans of a network: every number of events up to fifty, with some room. Together some tens of megabytes. */
const mostPlans = 64;
/** Targets are rounded up to a multiple of this, so that fewer shapes need plans; a pair's bits do not depend on others. */
const targetBlock = 16;

/**
 * The forward pass from source events to causal scores and representations, over weights that stay in place: every item is
 * projected once, so that a request costs a product for each pair of event and target. The kernels must be ready.
 */
export class CausalNetwork {
  readonly #dim: number;
  readonly #tables: ScorerTables;
  readonly #prototypes: ItemRows;
  /** `[prototypes, 1]` */
  readonly #shares: Tensor;
  readonly #plans = new PlanShelf(mostPlans);
  readonly #held = new HeldTensors();

  constructor(shape: ModelShape, tensors: TensorMap) {
    this.#dim = shape.dim;
    this.#tables = scorerTables(shape, tensors, this.#held);
    this.#prototypes = scoped(() => {
      const target = projection(tensorNames.scorerTarget, shape, tensors);
      return this.#held.holdRows(itemRows(prototypeFeatures(shape, tensors), target));
    });
    const shares = Float32Array.from(doubles(tensors, tensorNames.prototypeShares));
    this.#shares = this.#held.read(shares, [shares.length, 1]);
  }

  /** One user as a whole, given the items of the source events, oldest first. */
  user(items: Uint32Array): UserOutputs {
    const events = items.length;
    if (events === 0) return this.#nobody();
    const layout = eventLayout([events]);
    return this.#plans.run(
      {
        key: `user ${events}`,
        inputs: { items: { shape: [events], dtype: 'int32' } },
        forward: (inputs) =>
          this.#represent(layout, inputs.items, gatherRows(this.#tables.sources.directions, inputs.items)),
      },
      { items: Int32Array.from(items) },
    );
  }

  /**
   * Several users as wholes.
   * @param directions what is mixed in the place of the items' own directions, `[events, dim]`
   */
  users(users: readonly Uint32Array[], directions: Float32Array): UserOutputs {
    const layout = eventLayout(users.map(({ length }) => length));
    const items = new Int32Array(layout.events);
    users.forEach((list, user) => {
      items.set(list, layout.starts[user]);
    });
    return scoped(() => {
      const mixed = tensor(directions, [layout.events, this.#dim]);
      const { vectors, gates, probabilities, weights } = this.#represent(layout, items, mixed);
      return {
        vectors: vectors.dataSync<'float32'>(),
        gates: gates.dataSync<'float32'>(),
        probabilities: probabilities.dataSync<'float32'>(),
        weights: weights.dataSync<'float32'>(),
      };
    });
  }

  /** Causal scores of one user's source events for target items. */
  score(items: Uint32Array, targets: ArrayLike<number>): ScoreOutputs {
    if (items.length === 0 || targets.length === 0) return nothing(targets.length, this.#dim);
    const { probabilities, gates } = this.#ofPairs('score', items, targets, (layout, scores) => {
      const attention = attend(layout, scores);
      return { probabilities: transpose(attention.probabilities), gates: attention.gates };
    });
    return {
      probabilities: probabilities.subarray(0, targets.length * items.length),
      gates: gates.subarray(0, targets.length),
    };
  }

  /** Representations of one user for target items. */
  represent(items: Uint32Array, targets: ArrayLike<number>): TargetOutputs {
    if (items.length === 0 || targets.length === 0) return nothing(targets.length, this.#dim);
    const outputs = this.#ofPairs('represent', items, targets, (layout, scores, directions) => {
      const { probabilities, weights, gates, vectors } = representTargets(layout, scores, directions);
      return { probabilities: transpose(probabilities), weights: transpose(weights), gates, vectors };
    });
    const pairs = targets.length * items.length;
    return {
      probabilities: outputs.probabilities.subarray(0, pairs),
      weights: outputs.weights.subarray(0, pairs),
      gates: outputs.gates.subarray(0, targets.length),
      vectors: outputs.vectors.subarray(0, targets.length * this.#dim),
    };
  }

  /** Gives the memory of the weights and of all plans back. */
  dispose(): void {
    this.#plans.dispose();
    this.#held.dispose();
  }

  #ofPairs<Output extends string>(
    name: string,
    items: Uint32Array,
    targets: ArrayLike<number>,
    outputs: (layout: EventLayout, scores: Tensor, directions: Tensor) => Record<Output, Tensor>,
  ): Record<Output, Float32Array> {
    const events = items.length;
    const padded = Math.ceil(targets.length / targetBlock) * targetBlock;
    const layout = eventLayout([events]);
    const pairs: EventTargetPairs = { layout, targets: padded, kind: 'shared' };
    const rows = new Int32Array(padded).fill(targets[0]!);
    rows.set(targets);
    return this.#plans.run(
      {
        key: `${name} ${events} ${padded}`,
        inputs: { items: { shape: [events], dtype: 'int32' }, targets: { shape: [padded], dtype: 'int32' } },
        forward: (inputs) => {
          const { directions, scores } = this.#scores(
            pairs,
            inputs.items,
            rowsAt(this.#tables.targets, inputs.targets),
          );
          return outputs(layout, scores, directions);
        },
      },
      { items: Int32Array.from(items), targets: rows },
    );
  }

  #represent(layout: EventLayout, items: Int32Array | Tensor, directions: Tensor) {
    const pairs: EventTargetPairs = { layout, targets: this.#shares.size, kind: 'shared' };
    const { scores } = this.#scores(pairs, items, this.#prototypes);
    return { ...representUsers(layout, scores, this.#shares, directions) };
  }

  #scores(pairs: EventTargetPairs, items: Int32Array | Tensor, targets: ItemRows) {
    const sources = rowsAt(this.#tables.sources, items);
    const scores = causalScores(
      this.#tables.scorer,
      pairs,
      sources,
      gatherRows(this.#tables.potency, items),
      targets,
    );
    return { scores, directions: sources.directions };
  }

  #nobody(): UserOutputs {
    const none = new Float32Array(0);
    return {
      vectors: new Float32Array(this.#dim),
      gates: new Float32Array(1),
      probabilities: none,
      weights: none,
    };
  }
}

/** Without events, or without targets. */
function nothing(targets: number, dim: number): TargetOutputs {
  const none = new Float32Array(0);
  return {
    probabilities: none,
    weights: none,
    gates: new Float32Array(targets),
    vectors: new Float32Array(targets * dim),
  };
}
