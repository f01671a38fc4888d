/**
 * The interface between a training program and whoever runs it: the trainer that trains and proves, and the replay
 * worker that checks. A program is bundled to one ECMAScript module whose SHA-256 is its identity; the module's
 * exports have the shape of {@link ProgramBundle}.
 *
 * A program is a deterministic function of its declared inputs and its seed: no clock, no network, no global
 * randomness, no state outside {@link TrainingState}.
 */

/** A JSON value without `undefined`, functions or non-finite numbers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Element types of a state tensor, as they are named in the encoded state. */
export type TensorType = 'float32' | 'float64' | 'int32' | 'uint32' | 'uint8';

/** The bytes of a tensor, row-major. */
export type TensorData = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A named tensor of the state. `data.length` is the product of `shape`. */
export interface StateTensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/**
 * Everything that a later step reads: parameters, buffers, optimiser slots, counters, the best model so far.
 * Tensors and counters are encoded in ascending order of their names (UTF-16 code units), so insertion order
 * does not matter.
 */
export interface TrainingState {
  /** Name of the phase that the next step belongs to. */
  phase: string;
  /** Steps taken since the beginning, over all phases. A safe integer. */
  step: number;
  /** Scalars by name, finite float64. */
  readonly counters: Map<string, number>;
  /** Tensors by name. */
  readonly tensors: Map<string, StateTensor>;
}

/** Read-only records of one declared data set, all checked against its Merkle root before the first read. */
export interface RecordInput {
  /** Number of records. */
  readonly size: number;
  /** What the data set says of itself (domains, counts, codec): committed with the root. */
  readonly description: JsonObject;
  /** Content of record `index`, 0 to `size` - 1. The returned bytes must not be written to. Logged as read by the segment. */
  read(index: number): Uint8Array;
}

/** Read-only files of another model, each checked against its digest. */
export interface ArtefactInput {
  /** SHA-256 of the file list, hexadecimal. */
  readonly digest: string;
  /** Names of the files, ascending. */
  readonly names: readonly string[];
  /** Content of a file. Throws where there is none of this name. */
  file(name: string): Uint8Array;
}

/** The declared inputs of a run. */
export interface Inputs {
  /** A data set by its name in the manifest. Throws where there is none. */
  records(name: string): RecordInput;
  /** An artefact by its name in the manifest; undefined where the manifest declares none. */
  artefact(name: string): ArtefactInput | undefined;
}

/** What planning may know of the inputs: everything here is in the manifest. */
export interface InputInfo {
  readonly records: {
    readonly [name: string]: {
      readonly size: number;
      readonly root: string;
      readonly description: JsonObject;
    };
  };
  readonly artefacts: { readonly [name: string]: { readonly digest: string } };
}

/** Every number that matters for a run. Committed in the manifest before the seed exists. */
export interface Plan {
  /** Bound on the steps of the whole run, all phases; a run that reaches it without `finished` is refused. */
  readonly maxSteps: number;
  /** Steps of a segment, at least 1; the last segment may be shorter. */
  readonly segmentSteps: number;
  /** The program's own numbers. */
  readonly values: JsonObject;
}

/** Files that a model is served from, by name. Names are `[a-z0-9._/-]+`. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>;

/** How far a run is, for people who watch. Never part of the state. */
export interface ProgramProgress {
  readonly phase: string;
  /** Steps done and expected in this phase. */
  readonly completed: number;
  readonly total: number;
  /** Figures to show beside the bar, for example `{ loss: 5.2, 'recall@50': 0.13 }`. */
  readonly figures: { readonly [name: string]: number };
}

/** A training program. `Spec` is what a person writes; `plan` turns it into every number that matters. */
export interface TrainingProgram<Spec = JsonObject> {
  readonly name: string;
  readonly version: string;
  /** Fills in defaults, checks ranges, sizes everything. Throws an Error that says what to correct. */
  plan(spec: Spec, inputs: InputInfo): Plan;
  /** The first state: every tensor from the seed (32 bytes) or from a declared input. */
  initialize(plan: Plan, seed: Uint8Array, inputs: Inputs): TrainingState;
  /** One step. May change the given state in place and return it. What it reads is decided by state and seed. */
  advance(plan: Plan, seed: Uint8Array, state: TrainingState, inputs: Inputs): TrainingState;
  /** The stopping rule, early stopping included. */
  finished(plan: Plan, state: TrainingState): boolean;
  /** The files that are served, from the last state. */
  export(plan: Plan, state: TrainingState): ModelFiles;
  /** For people who watch. */
  progress(plan: Plan, state: TrainingState): ProgramProgress;
}

/** Identity of the arithmetic: two runs give the same bits only under equal profiles. */
export interface KernelProfile {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the WebAssembly module, hexadecimal. */
  readonly wasmSha256: string;
  /** Digest of a fixed small computation, hexadecimal. */
  readonly canarySha256: string;
}

/** Who asks for a list, and when. */
export interface RecommendRequest {
  /** Index of the user's record, whose events are the history. */
  readonly record: number;
  /** Item indices that are not answered. */
  readonly excluded: ReadonlySet<number>;
  /** The moment of the request, Unix time in milliseconds: what a model knows of the world ends before it. */
  readonly timestampMs: number;
}

/** A model opened for evaluation as a recommender of the target domain. Record indices are those of the run's data set. */
export interface Recommender {
  /**
   * Item indices, best first, at most `k`, none of `excluded`.
   * @param record index of the user's record, whose events are the history
   */
  recommend(record: number, k: number, excluded: ReadonlySet<number>): Uint32Array;
  /**
   * The lists of several requests, in their order, each as `recommend` answers it. A model that is quicker for many users at
   * once has this; one that looks at the clock needs it. Evaluations call it instead of `recommend`, with up to 256 requests.
   */
  recommendMany?(requests: readonly RecommendRequest[], k: number): readonly Uint32Array[];
  /** The lists behind `recommend`, one for each interest, for measures of collapse; undefined for a single vector. */
  interests?(
    record: number,
    k: number,
  ): { readonly vectors: readonly Float32Array[]; readonly lists: readonly Uint32Array[] };
}

/** A model opened for evaluation as a click model: probabilities by name of the head, for example `targetOnly`. */
export interface ClickModel {
  /** Probability that the user of `record`, seen just before `timestampMs`, takes item `item`. */
  predict(record: number, item: number, timestampMs: number): { readonly [head: string]: number };
}

/** What a host lends to a program, which itself can start nothing and load nothing. */
export interface ProgramHost {
  /** Threads, the caller's included, 1 to 16. */
  readonly threads: number;
  /** Starts a thread that evaluates CommonJS source with `workerData` in `node:worker_threads`. */
  readonly spawn: (source: string, workerData: unknown) => void;
  /** Another tensor backend that the host has registered with tfjs; the program's own kernels where left out. */
  readonly backend?: ProgramBackend;
}

/** A tensor backend of the host. Its bits are usual, not defined: what it trains is replayed by nobody. */
export interface ProgramBackend {
  /** Name under which tfjs knows it. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of its binary, hexadecimal. */
  readonly binarySha256: string;
}

/** What a program's module exports. */
export interface ProgramBundle {
  /** Version of this interface. */
  readonly abi: 1;
  readonly program: TrainingProgram;
  /**
   * Readies the tensor backend inside the module and runs its canary. Called once before anything else. The module computes
   * on one thread where it is given no others; the bits are the same.
   */
  prepare(host?: ProgramHost): Promise<KernelProfile>;
  /** Opens an exported model for evaluation, where the program makes recommenders. */
  openRecommender?(files: ModelFiles, inputs: Inputs): Recommender;
  /** Opens an exported model for evaluation, where the program makes click models. */
  openClickModel?(files: ModelFiles, inputs: Inputs): ClickModel;
}
