import type { Objective, Tensor } from '@isthmus/kernels';
import type { InputInfo, Inputs, JsonObject, Plan, Random, TrainingState } from '@isthmus/learning';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import type { Dropout, ModelTensors } from '../../model/user-encoder.js';
import type { Negatives } from './negatives.js';
import type { ScoreWeights } from './score-users.js';
import type { BatchShape, TrainingBatch } from './training-batch.js';
import type { TrainingNumbers } from './training-plan.js';

/**
 * What is a model's own in a training run. Batches, negatives, budget, optimiser, averages, validation and the stopping rule are the
 * harness's (`trainedProgram`), so they are the same for every model; parameters and the forward pass are its encoder's
 * (`encoderOf`), so training and serving compute the same.
 */
export interface RetrievalDesign<Numbers extends TrainingNumbers = TrainingNumbers> {
  /** Name and version of the program. */
  readonly name: string;
  readonly version: string;
  /**
   * Whether every query ends in a 1, so that the last coordinate of an item is its popularity. It then starts as the log of the
   * item's training events.
   */
  readonly popularityCoordinate: boolean;
  /** Fills in defaults and checks a specification. Throws an Error that says what to correct. */
  plan(spec: JsonObject, inputs: InputInfo): Plan;
  /** Sizes of the model; `whole` is false while there is no dictionary. */
  shape(numbers: Numbers, crossDim: number, whole: boolean): RetrievalShape;
  /** How sequences become rows of a batch. */
  batch(numbers: Numbers): BatchShape;
  /** What is computed in a gradient step. */
  step(context: StepContext<Numbers>): DesignStep;
  /** Undefined for a model without interests of a dictionary. */
  readonly dictionary?: DictionaryPart<Numbers>;
}

/** A gradient step before its loss is computed. */
export interface StepContext<Numbers extends TrainingNumbers = TrainingNumbers> {
  readonly numbers: Numbers;
  readonly seed: Uint8Array;
  readonly state: TrainingState;
  readonly shape: RetrievalShape;
  readonly batch: TrainingBatch;
  /** What all rows of the step compete with. */
  readonly negatives: Negatives;
  /** The stream that batch and negatives were drawn from. */
  readonly random: Random;
}

/** A model's own part of a gradient step. */
export interface DesignStep {
  /** Catalogue rows that it looks up beside those of the batch and the shared negatives. */
  readonly rows?: readonly Int32Array[];
  /** Names of parameters that it trains beside the encoder's. */
  readonly parameters?: readonly string[];
  /** The loss, and parts of it to watch, `retrieval` among them. */
  loss(pass: LossPass): Objective<string>;
  /** What follows when the parameters have moved. */
  after?(): void;
}

/** What a loss is computed from: parameters, and the small table of the items that occur in the step. */
export interface LossPass {
  /** Parameters by name; of those with a row for each item the rows of the step. */
  readonly model: ModelTensors;
  /** Vectors of the items of the step, `[rows, dim]`. */
  readonly table: Tensor;
  /** Catalogue row of each row of the table, ascending. */
  readonly rows: Uint32Array;
  /** Rows of the table of catalogue rows. */
  at(catalogueRows: Int32Array): Int32Array;
  /** Undefined where nothing is dropped. */
  readonly drop: Dropout | undefined;
}

/** The phases of a model with an interest dictionary. */
export interface DictionaryPart<Numbers extends TrainingNumbers> {
  /** Steps of the phase that makes the first dictionary. */
  steps(numbers: Numbers): number;
  /** One of them; `done` counts those before. */
  step(numbers: Numbers, seed: Uint8Array, state: TrainingState, done: number): void;
  /** What is due before a joint step; `done` counts those before. */
  maintain(numbers: Numbers, state: TrainingState, done: number): void;
  /** What the weights of the parts of a score are chosen from. */
  readonly weights: readonly ScoreWeights[];
  /** Fits what training leaves open, on the best model, after the last joint step. */
  calibrate(numbers: Numbers, state: TrainingState, inputs: Inputs): void;
}
