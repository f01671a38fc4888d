import { type Model, type ModelReplica, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Logger } from 'pino';
import type { Clock } from '../lifecycle/clock.js';
import type { Replica, ReplicaRoll, ReplicaVersion } from '../registry/replica-roll.js';

/** Tells the other replicas what this one has, and knows what they have. */
export class ReplicaReport {
  readonly #roll: ReplicaRoll;
  readonly #models: () => readonly Model[];
  readonly #clock: Clock;
  readonly #logger: Logger;
  #known: readonly Replica[] = [];
  #writing: Promise<void> = Promise.resolve();
  #writeWaits = false;
  #isEnded = false;

  /** @param models what this replica has at the moment */
  constructor(roll: ReplicaRoll, models: () => readonly Model[], clock: Clock, logger: Logger) {
    this.#roll = roll;
    this.#models = models;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Writes down what this replica has; resolves when it is written. One write is under way at most, and one waits. */
  tell(): Promise<void> {
    if (this.#writeWaits || this.#isEnded) return this.#writing;
    this.#writeWaits = true;
    this.#writing = this.#writing.then(async () => {
      this.#writeWaits = false;
      if (this.#isEnded) return;
      await this.#roll.write(this.#models().map(entryOf)).catch((error) => {
        this.#logger.debug({ err: error }, 'other replicas could not be told of the models; tried again');
      });
    });
    return this.#writing;
  }

  /** Ends the telling: this replica is no longer counted. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#writing;
    await this.#roll.leave().catch((error) => {
      this.#logger.debug({ err: error }, 'the replica could not be struck off; it will count as gone soon');
    });
  }

  /**
   * The models with what each replica makes of them: of this one as it is, of the others as they told. While the database
   * does not answer, the replicas are those of the last time that it did.
   */
  async complete(models: readonly Model[]): Promise<Model[]> {
    this.#known = await this.#roll.read().catch((error) => {
      this.#logger.warn({ err: error }, 'the replicas could not be read');
      return this.#known;
    });
    const { id, host } = this.#roll;
    const own: Replica = {
      id,
      host,
      versions: this.#models().map(entryOf),
      seenAtMs: this.#clock.now(),
    };
    const replicas = [...this.#known.filter((replica) => replica.id !== id), own].sort((a, b) =>
      `${a.host}\0${a.id}` < `${b.host}\0${b.id}` ? -1 : 1,
    );
    return models.map((model) => ({
      ...model,
      replicas: replicas.map((replica) => stateOn(replica, model)),
    }));
  }
}

function entryOf({ identity, state, labels, failure, failureReason }: Model): ReplicaVersion {
  const { name = '', version = '' } = identity ?? {};
  return { name, version, state, labels, failure, failureReason };
}

function stateOn({ id, host, versions, seenAtMs }: Replica, { identity }: Model): ModelReplica {
  const entry = versions.find(({ name, version }) => name === identity?.name && version === identity.version);
  return {
    id,
    host,
    state: entry?.state ?? ModelState.MODEL_STATE_PENDING,
    labels: [...(entry?.labels ?? [])],
    failure: entry?.failure ?? '',
    failureReason: entry?.failureReason ?? '',
    seenAtMs: BigInt(seenAtMs),
  };
}
