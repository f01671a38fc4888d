import {
  type Model,
  type ModelIdentity,
  type ModelSpec,
  ModelState,
} from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import { toIsthmusError } from '../errors/to-isthmus-error.js';
import { type Clock, systemClock } from '../lifecycle/clock.js';
import { type ModelRegistry, type RegistryState, versionExists } from '../registry/model-registry.js';
import { HostedVersion, type Lease, requireReady } from './hosted-version.js';
import { loadVersion } from './load-version.js';
import type { ModelHostOptions, ModelToLoad } from './model-kind.js';
import { ModelShelf } from './model-shelf.js';
import { Operations, type Progress } from './operations.js';
import { ReplicaReport } from './replica-report.js';

/**
 * The models that a program serves. A version is loaded and warmed beside the running ones, becomes reachable by one
 * reference, and is freed when its last lease ends. What is registered, every replica loads; a label moves on each replica
 * when the version that it points at is ready there, and answers from the version before until then.
 */
export class ModelHost<M> {
  readonly operations: Operations;
  readonly registry: ModelRegistry;
  readonly #options: ModelHostOptions<M>;
  readonly #clock: Clock;
  readonly #shelf = new ModelShelf<M>();
  readonly #report: ReplicaReport;
  readonly #awaitingChange: (() => void)[] = [];
  #syncing: Promise<void> = Promise.resolve();
  #syncWaits = false;
  readonly #stops: (() => unknown)[] = [];
  #isStopped = false;

  constructor(options: ModelHostOptions<M>) {
    this.#options = options;
    this.registry = options.registry;
    this.#clock = options.clock ?? systemClock;
    this.operations = new Operations(this.#clock);
    this.#report = new ReplicaReport(
      options.registry.replicas,
      () => this.models(),
      this.#clock,
      options.logger,
    );
  }

  /**
   * Loads the models of the configuration and what is registered, and follows the registry from then on. A model of the
   * configuration that cannot be loaded is an error; a registered one is kept as failed and tried again. Labels of the
   * configuration move with a version that is new to the registry; one that it knows keeps what it has, so that a replica
   * which starts again does not undo a SetLabel.
   *
   * Resolves when every version has been tried and the label `stable` of each model answers: a replica without it would
   * refuse what the others answer. A version that carries another label, or none, holds nobody back: it is tried again.
   */
  async start(models: readonly ModelToLoad[] = []): Promise<void> {
    this.#stops.push(await this.registry.follow(() => void this.sync()));
    const known = await this.registry.read();
    const timer = setInterval(() => void this.sync(), this.#options.pollMs ?? 5_000).unref();
    this.#stops.push(() => clearInterval(timer));
    for (const model of models) {
      const isKnown = known.versions.some(
        ({ name, version }) => name === model.name && version === model.version,
      );
      const labels = model.labels.filter(
        (label) => !isKnown || !known.labels.some((row) => row.name === model.name && row.label === label),
      );
      await this.operations.wait(this.load({ ...model, labels }).id);
    }
    await this.sync();
    await Promise.allSettled(this.#shelf.all().map(({ loaded }) => loaded));
    this.#stops.push(
      this.#options.telemetry.observe(
        'isthmus.model.ready',
        () => this.#shelf.all().filter(({ isReady }) => isReady).length,
      ),
    );
    await this.#defaultsAnswer();
    // Who serves is counted.
    await this.#report.tell();
  }

  /** Ends following and frees the models that nobody holds. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const stop of this.#stops) await stop();
    this.#changed();
    await this.#syncing;
    await Promise.allSettled(this.#shelf.all().map(({ loaded }) => loaded));
    for (const version of this.#shelf.all()) this.#unload(version);
    await this.#report.end();
  }

  /**
   * The model that a request means, held until the lease is released.
   * @throws MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND, MODEL_LABEL_NOT_FOUND, MODEL_NOT_READY
   */
  acquire(spec: ModelSpec | undefined): Lease<M> {
    return requireReady(this.#shelf.resolve(spec)).lease();
  }

  /** Runs `work` with the model that a request means, and gives it back in the end. Throws as {@link acquire}. */
  async use<T>(
    spec: ModelSpec | undefined,
    work: (model: M, identity: ModelIdentity) => Promise<T>,
  ): Promise<T> {
    const lease = this.acquire(spec);
    try {
      return await work(lease.model, lease.identity);
    } finally {
      lease.release();
    }
  }

  /** The versions of this process, in order of name and version. */
  models(): Model[] {
    return this.#shelf.all().map((version) => version.describe(this.#shelf.labelsOf(version)));
  }

  /** One version, ready or not. Throws as {@link acquire}, but for MODEL_NOT_READY. */
  model(spec: ModelSpec): Model {
    const version = this.#shelf.resolve(spec);
    return version.describe(this.#shelf.labelsOf(version));
  }

  /** The same models with their state on every replica. */
  withReplicas(models: readonly Model[]): Promise<Model[]> {
    return this.#report.complete(models);
  }

  /**
   * Starts to load a version, and registers it for all replicas once it is ready here.
   * @throws MODEL_VERSION_EXISTS where the version is loaded with other files
   */
  load(model: ModelToLoad): Operation {
    const known = this.#shelf.find(model.name, model.version);
    if (known?.isLive && known.digest !== model.digest) throw versionExists(model);
    return this.operations.start((progress) => this.#loadAndRegister(model, progress));
  }

  /**
   * What a repeated load finds: the operation of the first time, while it runs here or where it has brought the version
   * here; otherwise the load is begun again. Labels of a version that is registered are left: they may have moved since.
   */
  loadAgain(model: ModelToLoad, first: Operation): Operation {
    const known = this.operations.find(first.id);
    const hosted = this.#shelf.find(model.name, model.version);
    if (known && (!known.done || (known.error === undefined && hosted?.isLive))) return known;
    return this.load(hosted?.isRegistered ? { ...model, labels: [] } : model);
  }

  /** Throws unless the version is ready on this replica: MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND, MODEL_NOT_READY. */
  requireReady(name: string, version: string): void {
    requireReady(this.#shelf.resolve({ name, choice: { $case: 'version', value: version } }));
  }

  /** Takes a version off that never was registered, because its load failed. Returns it, or undefined for any other. */
  forgetFailed(name: string, version: string): Model | undefined {
    const hosted = this.#shelf.find(name, version);
    if (!hosted || hosted.isRegistered || hosted.state !== ModelState.MODEL_STATE_FAILED) return undefined;
    this.#shelf.remove(hosted);
    return hosted.describe([]);
  }

  /** Brings this replica to what is registered; loads run on in the background. Errors are logged. */
  sync(): Promise<void> {
    // One run is under way at most, and one waits: it will see whatever has happened until it starts.
    if (this.#syncWaits) return this.#syncing;
    this.#syncWaits = true;
    this.#syncing = this.#syncing.then(async () => {
      this.#syncWaits = false;
      if (this.#isStopped) return;
      await this.#follow().catch((error) => {
        this.#options.logger.warn({ err: error }, 'the model registry could not be read; it is tried again');
      });
    });
    return this.#syncing;
  }

  async #loadAndRegister(model: ModelToLoad, progress: Progress): Promise<void> {
    const hosted = this.#bring(model, progress);
    await hosted.loaded;
    requireReady(hosted);
    progress('publish');
    const { name, version, digest, bundleDigest, logProofDigest } = model;
    const { attestationId } = hosted.identity;
    try {
      await this.registry.register(
        { name, version, digest, bundleDigest, logProofDigest, attestationId },
        model.labels,
      );
    } catch (error) {
      if (!hosted.isRegistered) this.#unload(hosted);
      throw error;
    }
    hosted.isRegistered = true;
    await this.sync();
  }

  async #follow(): Promise<void> {
    // What is registered while the registry is being read may be missing in what was read.
    const registered = this.#shelf.all().filter(({ isRegistered }) => isRegistered);
    const state = await this.registry.read();
    for (const row of state.versions) {
      const hosted = this.#shelf.find(row.name, row.version);
      if (hosted?.digest === row.digest && (hosted.isLive || this.#waitsAfterFailure(hosted))) {
        hosted.isRegistered = true;
        continue;
      }
      if (hosted?.isLive) this.#unload(hosted);
      const replica = this.#bring({ ...row, labels: [] });
      replica.isRegistered = true;
      replica.loaded.catch(() => undefined);
    }
    for (const hosted of registered) {
      if (!isIn(state, hosted) && this.#shelf.find(hosted.name, hosted.version) === hosted) {
        this.#unload(hosted);
      }
    }
    this.#shelf.pointLabels(state.labels);
    this.#changed();
  }

  /** Resolves when the default label of each model answers, or the host is stopped. */
  async #defaultsAnswer(): Promise<void> {
    for (let told = ''; !this.#isStopped; ) {
      const silent = this.#shelf.silentDefaults();
      if (silent.length === 0) return;
      const models = silent.map(({ name, label, version }) => `${name} ${version} (${label})`).join(', ');
      if (models !== told) {
        this.#options.logger.warn(
          { models },
          'not serving before these models are ready; they are tried again',
        );
        told = models;
      }
      await new Promise<void>((resolve) => this.#awaitingChange.push(resolve));
    }
  }

  /** After every change of a version or a label: the others are told, and who waits looks again. */
  #changed(): void {
    void this.#report.tell();
    for (const wake of this.#awaitingChange.splice(0)) wake();
  }

  /** Whether a load failed so recently that it is not tried again yet. */
  #waitsAfterFailure({ state, failedAtMs }: HostedVersion<M>): boolean {
    const retryMs = 6 * (this.#options.pollMs ?? 5_000);
    return state === ModelState.MODEL_STATE_FAILED && this.#clock.now() - failedAtMs < retryMs;
  }

  /** The version on its way, or ready already: loads that are under way are shared. */
  #bring(model: ModelToLoad, progress: Progress = () => undefined): HostedVersion<M> {
    const known = this.#shelf.find(model.name, model.version);
    if (known?.isLive && known.digest === model.digest) return known;
    const hosted = new HostedVersion<M>(model);
    this.#shelf.put(hosted);
    this.#changed();
    hosted.loaded = loadVersion(hosted, this.#options, this.#clock, progress).then(
      () => {
        this.#shelf.repointLabels();
        this.#changed();
      },
      (error) => {
        hosted.fail(toIsthmusError(error), this.#clock.now());
        this.#changed();
        this.#options.logger.error(
          { err: error, model: model.name, version: model.version },
          'a model could not be loaded',
        );
        throw error;
      },
    );
    return hosted;
  }

  #unload(hosted: HostedVersion<M>): void {
    hosted.unload((model) => {
      this.#shelf.remove(hosted);
      if (model !== undefined) this.#options.close?.(model);
      this.#changed();
    });
    this.#shelf.repointLabels();
    this.#changed();
  }
}

function isIn(state: RegistryState, { name, version }: { name: string; version: string }): boolean {
  return state.versions.some((row) => row.name === name && row.version === version);
}
