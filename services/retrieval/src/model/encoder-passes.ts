import { type PlanInput, PlanShelf, type Tensor } from '@isthmus/kernels';
import { encoderOf } from './encoders.js';
import type { RetrievalShape } from './retrieval-shape.js';
import type { ModelTensors } from './user-encoder.js';
import { joinCrossDomain } from './user-state.js';

/** Histories of several users, padded at the end to one length, and what joins them. */
export interface EncoderInput {
  /** Items, `[users, length]`. */
  readonly rows: Int32Array;
  /** Their codes, `[users, length]` for each level. */
  readonly codes: readonly Int32Array[];
  /** Flat places of the states that are wanted, `[users]`. */
  readonly places: Int32Array;
  /** As `crossInput` makes it, `[users, crossDim + 1]`; undefined where the model takes none. */
  readonly cross: Float32Array | undefined;
}

/** Most plans that are kept, and most users of one: together some tens of megabytes. */
const mostPlans = 64;
const mostUsers = 64;

/** The encoder's forward pass, from plans for the shapes of input that come again. */
export class EncoderPasses {
  readonly #shape: RetrievalShape;
  readonly #tensors: ModelTensors;
  readonly #items: Tensor;
  readonly #shelf = new PlanShelf(mostPlans);

  constructor(shape: RetrievalShape, tensors: ModelTensors, items: Tensor) {
    this.#shape = shape;
    this.#tensors = tensors;
    this.#items = items;
  }

  /** States of the users at the wanted places, `[users, dim]`. */
  run(users: number, length: number, input: EncoderInput): Float32Array {
    const pass = {
      key: users > mostUsers ? undefined : `${users} ${length}`,
      inputs: this.#inputs(users, length),
      forward: (tensors: Readonly<Record<string, Tensor>>) => ({
        states: this.#forward(users, length, tensors),
      }),
    };
    return this.#shelf.run(pass, this.#valuesOf(length, input)).states;
  }

  /** Gives the memory of all plans back. */
  dispose(): void {
    this.#shelf.dispose();
  }

  #inputs(users: number, length: number): Record<string, PlanInput> {
    const { crossDim, codes } = this.#shape;
    const inputs: Record<string, PlanInput> = { places: { shape: [users], dtype: 'int32' } };
    if (crossDim > 0) inputs.cross = { shape: [users, crossDim + 1], dtype: 'float32' };
    if (length === 0) return inputs;
    inputs.rows = { shape: [users, length], dtype: 'int32' };
    codes.forEach((_, level) => {
      inputs[`codes-${level}`] = { shape: [users, length], dtype: 'int32' };
    });
    return inputs;
  }

  #valuesOf(
    length: number,
    { rows, codes, places, cross }: EncoderInput,
  ): Record<string, Float32Array | Int32Array> {
    const values: Record<string, Float32Array | Int32Array> = { places };
    if (cross !== undefined) values.cross = cross;
    if (length === 0) return values;
    values.rows = rows;
    codes.forEach((codesOfLevel, level) => {
      values[`codes-${level}`] = codesOfLevel;
    });
    return values;
  }

  #forward(users: number, length: number, tensors: Readonly<Record<string, Tensor>>): Tensor {
    const none = new Int32Array(0);
    const batch = {
      users,
      length,
      rows: tensors.rows ?? none,
      codes: this.#shape.codes.map((_, level) => tensors[`codes-${level}`] ?? none),
      places: tensors.places!,
    };
    const states = encoderOf(this.#shape).forward(this.#tensors, this.#shape, this.#items, batch);
    return joinCrossDomain(this.#tensors, states, tensors.cross);
  }
}
