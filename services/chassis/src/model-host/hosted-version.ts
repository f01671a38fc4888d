import type { FileEntry } from '@isthmus/proof';
import {
  Assurance,
  type Model,
  type ModelIdentity,
  ModelState,
} from '@isthmus/proto/isthmus/model/v1/model.js';
import { failure } from '../errors/isthmus-error.js';

/** A model that is held for the length of a call. */
export interface Lease<M> {
  readonly model: M;
  /** Says which version it is, for the response. */
  readonly identity: ModelIdentity;
  /** Gives the model back; it may be freed after the last one. Further calls do nothing. */
  release(): void;
}

/** A version of a model in this process, from the start of its load to its end. */
export class HostedVersion<M> {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly bundleDigest: string;
  readonly logProofDigest: string;
  state = ModelState.MODEL_STATE_LOADING;
  identity: ModelIdentity;
  files: readonly FileEntry[] = [];
  readyAtMs = 0;
  failedAtMs = 0;
  failure = '';
  failureReason = '';
  /** Whether the registry has, or had, the version: only then does its absence there mean anything. */
  isRegistered = false;
  /** Settles when the load has ended; rejects with what it threw. */
  loaded: Promise<void> = Promise.resolve();
  #model: { readonly value: M } | undefined;
  #leases = 0;
  #whenGone: ((model: M | undefined) => void) | undefined;

  constructor(source: {
    name: string;
    version: string;
    digest: string;
    bundleDigest: string;
    logProofDigest: string;
  }) {
    this.name = source.name;
    this.version = source.version;
    this.digest = source.digest;
    this.bundleDigest = source.bundleDigest;
    this.logProofDigest = source.logProofDigest;
    this.identity = {
      name: source.name,
      version: source.version,
      digest: source.digest,
      attestationId: '',
      assurance: Assurance.ASSURANCE_NONE,
    };
  }

  get isReady(): boolean {
    return this.state === ModelState.MODEL_STATE_READY;
  }

  /** Whether the version answers, or is on its way to. */
  get isLive(): boolean {
    const { MODEL_STATE_LOADING, MODEL_STATE_WARMING, MODEL_STATE_READY } = ModelState;
    return [MODEL_STATE_LOADING, MODEL_STATE_WARMING, MODEL_STATE_READY].includes(this.state);
  }

  warm(): void {
    if (this.isLive) this.state = ModelState.MODEL_STATE_WARMING;
  }

  /** Ends the load well: the model answers from now on, unless the version was unloaded meanwhile. */
  serve(model: M, nowMs: number): void {
    this.#model = { value: model };
    this.readyAtMs = nowMs;
    if (this.isLive) this.state = ModelState.MODEL_STATE_READY;
    else this.#goWhenUnused();
  }

  /** Ends the load badly. */
  fail({ message, reason }: { message: string; reason: string }, nowMs: number): void {
    this.failure = message;
    this.failureReason = reason;
    this.failedAtMs = nowMs;
    if (this.isLive) this.state = ModelState.MODEL_STATE_FAILED;
    else this.#goWhenUnused();
  }

  /** Only for a version that is ready. */
  lease(): Lease<M> {
    if (!this.#model) throw new Error(`${this.name} ${this.version} is not ready`);
    this.#leases++;
    let isHeld = true;
    return {
      model: this.#model.value,
      identity: this.identity,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#leases--;
        this.#goWhenUnused();
      },
    };
  }

  /**
   * Refuses new leases. Calls back once the version is gone: when the last lease is given back, or the load has ended, or
   * at once; with the model, where there is one to free.
   */
  unload(whenGone: (model: M | undefined) => void): void {
    if (this.state === ModelState.MODEL_STATE_UNLOADING) return;
    const isLoading = this.isLive && !this.isReady;
    this.state = ModelState.MODEL_STATE_UNLOADING;
    this.#whenGone = whenGone;
    if (!isLoading) this.#goWhenUnused();
  }

  describe(labels: readonly string[]): Model {
    return {
      identity: this.identity,
      state: this.state,
      labels: [...labels].sort(),
      sizeBytes: this.files.reduce((sum, file) => sum + BigInt(file.sizeBytes), 0n),
      readyAtMs: BigInt(this.readyAtMs),
      failure: this.failure,
      failureReason: this.failureReason,
      replicas: [],
      files: this.files.map(({ name, sha256, sizeBytes }) => ({
        name,
        sha256,
        sizeBytes: BigInt(sizeBytes),
      })),
    };
  }

  #goWhenUnused(): void {
    if (this.#leases > 0 || !this.#whenGone) return;
    const model = this.#model?.value;
    const whenGone = this.#whenGone;
    this.#model = undefined;
    this.#whenGone = undefined;
    whenGone(model);
  }
}

/** Returns the version where it is ready, and throws MODEL_NOT_READY otherwise, with the reason where there is one. */
export function requireReady<M>(version: HostedVersion<M>): HostedVersion<M> {
  if (version.isReady) return version;
  const { name, version: number, state, failure: why } = version;
  const told = ModelState[state].replace('MODEL_STATE_', '').toLowerCase();
  throw failure(
    'MODEL_NOT_READY',
    why === ''
      ? `Version ${number} of ${name} is ${told}. Wait for its operation, or choose a ready version.`
      : `Version ${number} of ${name} could not be loaded. ${why}`,
    { metadata: { name, version: number, state: told } },
  );
}
