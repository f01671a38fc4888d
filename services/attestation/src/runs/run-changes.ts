import type { Database } from '@isthmus/chassis';
import type { Queryable } from '../store/queryable.js';

const runChannel = 'attestation_run';
const settledChannel = 'attestation_settled';

/** Gets the id of a run, or undefined where changes may have been missed. */
export type OnRun = (runId: string | undefined) => void;

/** Says, at the end of the caller's transaction, that a run has changed: to every replica. */
export async function announceChange(on: Queryable, runId: string): Promise<void> {
  await on.query('SELECT pg_notify($1, $2)', [runChannel, runId]);
}

/** Says, at the end of the caller's transaction, that a span of a run is settled, so that a verdict may be due. */
export async function announceSettled(on: Queryable, runId: string): Promise<void> {
  await on.query('SELECT pg_notify($1, $2)', [settledChannel, runId]);
}

/** Follows the changes that any replica or worker announces. */
export class RunChanges {
  readonly #database: Database;
  readonly #watchers = new Set<OnRun>();
  readonly #stops: (() => Promise<void>)[] = [];

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(database: Database): Promise<RunChanges> {
    const changes = new RunChanges(database);
    changes.#stops.push(
      await database.listen(runChannel, (runId) => {
        for (const watcher of changes.#watchers) watcher(runId);
      }),
    );
    return changes;
  }

  /** Calls `onRun` after every change of any run. Returns a function that ends it. */
  watch(onRun: OnRun): () => void {
    this.#watchers.add(onRun);
    return () => this.#watchers.delete(onRun);
  }

  /** Calls `onRun` after every span that is settled. It ends with {@link close}. */
  async watchSettled(onRun: OnRun): Promise<void> {
    this.#stops.push(await this.#database.listen(settledChannel, onRun));
  }

  /** Ends every subscription. */
  async close(): Promise<void> {
    this.#watchers.clear();
    for (const stop of this.#stops.splice(0)) await stop();
  }
}
