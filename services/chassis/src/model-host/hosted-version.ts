import type { FileEntry } from '@isthmus/proof';
import {
  Assurance,
  type Model,
  type ModelIdentity,
  ModelState,
} from '@isthmus/proto/isthmus/model/v1/model.js';

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
  state = ModelState.MODEL_STATE_LOADING;
  identity: ModelIdentity;
  files: readonly FileEntry[] = [];
  readyAtMs = 0;
  failedAtMs = 0;
  failure = '';
  /** Whether the registry has, or had, the version: only then does its absence there mean anything. */
  isRegistered = false;
  /** Settles when the load has ended; rejects with what it threw. */
  loaded: Promise<void> = Promise.resolve();
  #model: { readonly value: M } | undefined;
  #leases = 0;
  #free: ((model: M) => void) | undefined;

  constructor(source: { name: string; version: string; digest: string; bundleDigest: string }) {
    this.name = source.name;
    this.version = source.version;
    this.digest = source.digest;
    this.bundleDigest = source.bundleDigest;
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

  serve(model: M, nowMs: number): void {
    this.#model = { value: model };
    this.readyAtMs = nowMs;
    this.state = ModelState.MODEL_STATE_READY;
  }

  fail(message: string, nowMs: number): void {
    this.failure = message;
    this.failedAtMs = nowMs;
    this.state = ModelState.MODEL_STATE_FAILED;
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
        this.#freeWhenUnused();
      },
    };
  }

  /** Refuses new leases, and frees the model when the last one is given back. */
  unload(free: (model: M) => void): void {
    this.state = ModelState.MODEL_STATE_UNLOADING;
    this.#free = free;
    this.#freeWhenUnused();
  }

  describe(labels: readonly string[]): Model {
    return {
      identity: this.identity,
      state: this.state,
      labels: [...labels].sort(),
      sizeBytes: this.files.reduce((sum, file) => sum + BigInt(file.sizeBytes), 0n),
      readyAtMs: BigInt(this.readyAtMs),
      failure: this.failure,
      files: this.files.map(({ name, sha256, sizeBytes }) => ({
        name,
        sha256,
        sizeBytes: BigInt(sizeBytes),
      })),
    };
  }

  #freeWhenUnused(): void {
    if (this.#leases > 0 || !this.#free || !this.#model) return;
    const { value } = this.#model;
    this.#model = undefined;
    this.#free(value);
  }
}
