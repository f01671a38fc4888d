import type { Tensor } from '@isthmus/kernels';
import type { RetrievalShape } from './retrieval-shape.js';

/** Parameters of a model as tensors, by name. */
export type ModelTensors = Readonly<Record<string, Tensor>>;

/** Histories as rows of a table, padded at the end to one length. */
export interface HistoryBatch {
  readonly users: number;
  /** Items of each padded history; 0 where nobody has one. */
  readonly length: number;
  /** Rows of the table, `[users, length]`; a padded place may hold any row, since nothing earlier looks at it. */
  readonly rows: Int32Array | Tensor;
  /** Codes of the items, `[users, length]` for each level. */
  readonly codes: readonly (Int32Array | Tensor)[];
  /** Added to the vectors of the items, `[users, length, dim]`; undefined for nothing. */
  readonly shifts?: Tensor | undefined;
}

/** Prefixes of histories that something is wanted of. */
export interface PrefixBatch extends HistoryBatch {
  /** Flat place of each: `user * (length + 1) + items of the prefix`. */
  readonly places: Int32Array | Tensor;
}

/** Drops values while training, differently each time that it is called: times 0, or the inverse of the share kept. */
export type Dropout = (x: Tensor) => Tensor;

/** How a parameter starts: see `fillParameter`. */
export type ParameterStart = 'identity' | 'zeros' | 'ones' | 'small' | 'fan' | 'unit';

/** Shape and start of a parameter. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: ParameterStart;
}

/** How histories become vectors. There is one for each value of `shape.encoder`. */
export interface UserEncoder {
  /** Its parameters, without the items. */
  parameters(shape: RetrievalShape): readonly ParameterShape[];
  /**
   * What it makes of each prefix: `[places, vectors * dim]`. Nothing behind the prefix has a part in it.
   *
   * @param table vectors that `batch.rows` points into, `[rows, dim]`
   */
  forward(
    model: ModelTensors,
    shape: RetrievalShape,
    table: Tensor,
    batch: PrefixBatch,
    drop?: Dropout,
  ): Tensor;
}
