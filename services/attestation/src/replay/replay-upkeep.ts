import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgramContext } from '@isthmus/chassis';
import type { AttestationContext } from '../attestation-context.js';
import { concludeRun } from '../runs/conclude-run.js';
import { announceChange } from '../runs/run-changes.js';
import { findRun, listIdleRuns, setRunState } from '../store/run-store.js';
import { readFigures, type ServiceFigures } from '../store/service-figures.js';
import { listSilentSpans, releaseSpan } from '../store/span-store.js';

/** How the upkeep works. */
export interface ReplayUpkeepOptions {
  /** How often everything is looked at, in milliseconds. */
  readonly intervalMs: number;
  /** Silence after which a worker counts as lost, in milliseconds: several heartbeats. */
  readonly silenceMs: number;
}

/**
 * Decides runs as soon as their outcomes allow it, gives the spans of lost workers to others, and lets idle runs expire.
 * Notifications make it quick; the regular look at everything makes it certain. Every replica runs it.
 */
export class ReplayUpkeep {
  readonly #context: AttestationContext;
  readonly #logger: ProgramContext<unknown>['logger'];
  readonly #options: ReplayUpkeepOptions;
  readonly #stopping = new AbortController();
  readonly #due = new Set<string>();
  #pass: Promise<void> = Promise.resolve();
  #running: Promise<void> | undefined;
  #figures: ServiceFigures | undefined;
  readonly #stopObserving: (() => void)[] = [];

  constructor(
    context: AttestationContext,
    logger: ProgramContext<unknown>['logger'],
    options: ReplayUpkeepOptions,
  ) {
    this.#context = context;
    this.#logger = logger;
    this.#options = options;
  }

  /** Begins. */
  async start(): Promise<void> {
    const { telemetry } = this.#context;
    this.#stopObserving.push(
      telemetry.observe('isthmus.runs.open', () => this.#figures?.openRuns),
      telemetry.observe('isthmus.replay.queue.depth', () => this.#figures?.waitingSegments),
      telemetry.observe('isthmus.log.size', () => this.#figures?.logSize),
    );
    await this.#context.changes.watchSettled((runId) => {
      if (runId !== undefined) this.#conclude([runId]);
    });
    this.#running = this.#run();
  }

  /** Ends after the pass that is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#pass;
    for (const stop of this.#stopObserving) stop();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#lookAtEverything();
      } catch (error) {
        this.#logger.error({ err: error }, 'the upkeep of replays failed; it tries again');
      }
      await sleep(this.#options.intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #lookAtEverything(): Promise<void> {
    const { database, clock, limits } = this.#context;
    const now = clock.now();
    for (const runId of await listIdleRuns(database.pool, ['TRAINING'], now - limits.idleTimeoutMs)) {
      await this.#expire(runId, now - limits.idleTimeoutMs);
    }
    for (const span of await listSilentSpans(database.pool, now - this.#options.silenceMs)) {
      this.#logger.warn(
        { runId: span.runId, first: span.first },
        'a worker fell silent; its span goes to another',
      );
      await this.#context.queue.giveBack(span.jobId, 'its worker fell silent');
      await releaseSpan(database.pool, span.runId, span.first, span.worker, 'its worker fell silent');
    }
    this.#conclude(await listIdleRuns(database.pool, ['COMMITTED', 'REPLAYING'], now));
    this.#figures = await readFigures(database.pool);
  }

  /** Decides runs one after the other; a run that is named again meanwhile is looked at once. */
  #conclude(runIds: readonly string[]): void {
    for (const runId of runIds) {
      if (this.#due.has(runId)) continue;
      this.#due.add(runId);
      this.#pass = this.#pass.then(async () => {
        this.#due.delete(runId);
        try {
          const verdict = await concludeRun(this.#context, runId);
          if (verdict !== undefined) {
            const { decision, failure, replayedSegments } = verdict;
            this.#context.telemetry.count('isthmus.attestation.verdicts', 1, { 'isthmus.verdict': decision });
            this.#logger.info(
              { runId, decision, failure: failure?.message, replayedSegments },
              'a run was decided',
            );
          }
        } catch (error) {
          this.#logger.error({ err: error, runId }, 'a run could not be decided; it is tried again');
        }
      });
    }
  }

  async #expire(runId: string, beforeMs: number): Promise<void> {
    const { database, clock } = this.#context;
    await database.transaction(async (transaction) => {
      const run = await findRun(transaction, runId, true);
      if (run?.state !== 'TRAINING' || run.activeAtMs > beforeMs) return;
      await setRunState(transaction, runId, 'EXPIRED', clock.now());
      await announceChange(transaction, runId);
    });
  }
}
