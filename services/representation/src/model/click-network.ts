import { gatherRows, PlanShelf, type PlanValues, type Tensor } from '@isthmus/kernels';
import { popularityClasses } from '../domain/popularity.js';
import { type ClickBatch, type ClickQuery, clickBatch } from './click-batch.js';
import type { HeadRows } from './click-heads.js';
import { type ClickTensors, clickPass } from './click-pass.js';
import { HeldTensors } from './held-tensors.js';
import { rowsAt } from './item-rows.js';
import { baseItems, graphItems, type HeadItems, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { type ScorerTables, scorerTables } from './scorer-tables.js';
import { floats, type TensorMap } from './tensor-map.js';

/** Logits of both heads, a candidate of a query after the other. */
export interface ClickLogits {
  readonly targetOnly: Float32Array;
  /** The same plus what the representation adds; the same bits where the user has no source events. */
  readonly withRepresentation: Float32Array;
}

/** Plans by number of source events. */
const mostPlans = 64;

/** Both click heads over weights that stay in place. The kernels must be ready. */
export class ClickNetwork {
  readonly #shape: ModelShape;
  readonly #tensors: TensorMap;
  readonly #recentMs: number;
  readonly #tables: ScorerTables;
  readonly #parameters: ClickTensors;
  readonly #union: HeadRows;
  readonly #own: HeadRows;
  readonly #plans = new PlanShelf(mostPlans);
  readonly #held = new HeldTensors();

  /** @param recentMs width of the recent window of popularity, in milliseconds */
  constructor(shape: ModelShape, tensors: TensorMap, recentMs: number) {
    this.#shape = shape;
    this.#tensors = tensors;
    this.#recentMs = recentMs;
    const { dim } = shape;
    const read = (name: string, extents: number[]) => this.#held.read(floats(tensors, name), extents);
    this.#tables = scorerTables(shape, tensors, this.#held);
    this.#parameters = {
      scorer: this.#tables.scorer,
      base: {
        map: read(tensorNames.baseMap, [dim, dim]),
        weights: read(tensorNames.baseWeights, [4]),
        popularity: read(tensorNames.basePopularity, [3, popularityClasses]),
      },
      plugin: {
        map: read(tensorNames.pluginMap, [dim, dim]),
        weights: read(tensorNames.pluginWeights, [4]),
      },
    };
    const headRows = ({ directions, factors }: HeadItems): HeadRows => ({
      directions: this.#held.read(directions, [directions.length / dim, dim]),
      factors: this.#held.read(factors, [factors.length / dim, dim]),
    });
    this.#union = headRows(graphItems(shape, tensors));
    this.#own = headRows(baseItems(shape, tensors));
  }

  /** Logits of queries with equally many candidates each. Throws a RangeError for a candidate of another domain. */
  logits(queries: readonly ClickQuery[]): ClickLogits {
    const batch = clickBatch(this.#shape, this.#tensors, this.#recentMs, queries);
    const { layout, pairs, pooled, empty } = batch;
    const { users, events } = layout;
    const rows = [users * pairs.targets];
    const inputs = {
      sourceItems: { shape: [events], dtype: 'int32' },
      candidates: { shape: rows, dtype: 'int32' },
      candidateRows: { shape: rows, dtype: 'int32' },
      popularity: { shape: [rows[0]! * 3], dtype: 'int32' },
      pooled: { shape: [users, this.#shape.dim], dtype: 'float32' },
      empty: { shape: [users, 1], dtype: 'float32' },
    } as const;
    const { sourceItems, candidates, candidateRows, popularity } = batch;
    const values: Record<keyof typeof inputs, PlanValues> = {
      sourceItems,
      candidates,
      candidateRows,
      popularity,
      pooled,
      empty,
    };
    return this.#plans.run(
      {
        // Only single users repeat their shape; of several the layout is part of the operations.
        key: users === 1 ? `${events} ${pairs.targets}` : undefined,
        inputs,
        forward: (read) => this.#forward(batch, read),
      },
      values,
    );
  }

  /** Gives the memory of the weights and of all plans back. */
  dispose(): void {
    this.#plans.dispose();
    this.#held.dispose();
  }

  #forward(
    { pairs }: ClickBatch,
    read: Readonly<
      Record<'sourceItems' | 'candidates' | 'candidateRows' | 'popularity' | 'pooled' | 'empty', Tensor>
    >,
  ) {
    const at = ({ directions, factors }: HeadRows, rows: Tensor): HeadRows => ({
      directions: gatherRows(directions, rows),
      factors: gatherRows(factors, rows),
    });
    const { targetOnly, withRepresentation } = clickPass(this.#parameters, pairs, {
      sources: rowsAt(this.#tables.sources, read.sourceItems),
      potency: gatherRows(this.#tables.potency, read.sourceItems),
      targets: rowsAt(this.#tables.targets, read.candidates),
      union: at(this.#union, read.candidates),
      own: at(this.#own, read.candidateRows),
      users: { pooled: read.pooled, empty: read.empty, popularity: read.popularity },
    });
    return { targetOnly, withRepresentation };
  }
}
