import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock, Database, ObjectStore, ProgramContext, Telemetry } from '@isthmus/chassis';
import { failureText } from '../domain/failure-text.js';
import { isFinal } from '../domain/run-state.js';
import { type Failure, isMoot } from '../domain/verdict.js';
import { announceChange, announceSettled } from '../runs/run-changes.js';
import { findRun, setRunState } from '../store/run-store.js';
import {
  beatSpan,
  beginSpan,
  insertReplayedSegment,
  listSpanOutcomes,
  releaseSpan,
  settleSpan,
} from '../store/span-store.js';
import { makeTask } from './make-task.js';
import { type ReplayQueue, type SpanJob, workChannel } from './replay-queue.js';
import { ReplayerProcess, type ReplayOutcome } from './replayer-process.js';

/** How a worker works. */
export interface ReplayWorkerOptions {
  /** Longest time for one span, in milliseconds; after it the replayer is ended. */
  readonly deadlineMs: number;
  /** Attempts at a span before the service abstains. */
  readonly attempts: number;
  /** How often a worker says that it is alive, in milliseconds. */
  readonly heartbeatMs: number;
  readonly maxStateBytes: number;
}

/** What a worker stands on. */
export interface ReplayWorkerParts {
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly queue: ReplayQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly logger: ProgramContext<unknown>['logger'];
}

/** A span in the hands of a worker. */
interface TakenSpan {
  readonly jobId: string;
  readonly job: SpanJob;
  /** Number of the attempt; undefined where the span is settled already. */
  readonly attempt: number | undefined;
}

/** How often the queue is looked at where no notification comes, in milliseconds. */
const idlePollMs = 2_000;

/**
 * Takes spans out of the queue, one at a time, and has them replayed in a process of their own. Every segment is
 * reported durably when it is done; what a lost process had not reported is replayed again.
 */
export class ReplayWorker {
  readonly #parts: ReplayWorkerParts;
  readonly #options: ReplayWorkerOptions;
  readonly #name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  readonly #stopping = new AbortController();
  #replayer: ReplayerProcess | undefined;
  /** The run that the replayer works on. */
  #replayedRun: string | undefined;
  #wake: () => void = () => undefined;
  #running: Promise<void> | undefined;

  constructor(parts: ReplayWorkerParts, options: ReplayWorkerOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** Id of the replayer's process; undefined while there is none. */
  get replayerPid(): number | undefined {
    return this.#replayer?.alive === true ? this.#replayer.pid : undefined;
  }

  /** Begins to take work. */
  async start(): Promise<void> {
    const stopListening = await this.#parts.database.listen(workChannel, () => this.#wake());
    this.#running = this.#run().finally(stopListening);
  }

  /** Gives the span in hand back and ends the replayer. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#running;
    await this.#replayer?.stop();
  }

  async #run(): Promise<void> {
    const { logger } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      try {
        const taken = await this.#take();
        if (taken === undefined) await this.#idle();
        else await this.#work(taken);
      } catch (error) {
        logger.error({ err: error }, 'a replay worker could not go on; it tries again');
        await this.#idle();
      }
    }
  }

  /** Waits for a notification, at most for the poll interval. */
  #idle(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, idlePollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /**
   * Takes a span out of the queue and puts this worker's name on it, both or neither: a worker that is killed in between
   * would leave a span that nobody misses before the queue's own expiry.
   */
  #take(): Promise<TakenSpan | undefined> {
    const { database, queue, clock } = this.#parts;
    return database.transaction(async (transaction) => {
      const taken = await queue.take(transaction);
      if (taken === undefined) return undefined;
      const { runId, first } = taken.job;
      return { ...taken, attempt: await beginSpan(transaction, runId, first, this.#name, clock.now()) };
    });
  }

  async #work({ jobId, job, attempt }: TakenSpan): Promise<void> {
    const { database, queue, clock, logger } = this.#parts;
    const { runId, first } = job;
    if (attempt === undefined || !(await this.#stillNeeded(job))) {
      await queue.complete(jobId);
      return;
    }
    const startedMs = clock.monotonic();
    const outcome =
      attempt > this.#options.attempts
        ? ({ kind: 'lost', reason: 'the workers of earlier attempts were lost' } as const)
        : await this.#replay(job);
    const line = {
      runId,
      first,
      end: job.end,
      attempt,
      durationMs: Math.round(clock.monotonic() - startedMs),
    };
    if (outcome.kind === 'done') {
      await this.#settle(job, undefined);
      logger.info(line, 'replayed a span');
    } else if (outcome.kind === 'failed') {
      await this.#settle(job, await this.#keepEvidence(outcome));
      logger.warn({ ...line, failure: outcome.failure.message }, 'a span did not hold');
    } else if (this.#stopping.signal.aborted || attempt < this.#options.attempts) {
      if (!(await this.#stillNeeded(job))) return queue.complete(jobId);
      const reason = failureText(outcome.reason);
      await queue.giveBack(jobId, reason);
      // A worker that stops in order takes nothing from the attempts that the span has.
      const counts = !this.#stopping.signal.aborted;
      await releaseSpan(database.pool, runId, first, this.#name, reason, counts);
      logger.warn({ ...line, reason }, 'a replay was lost and is repeated');
      return;
    } else {
      const message = `the replay could not be done in ${attempt} attempts: ${outcome.reason}`;
      await this.#settle(job, { class: 'ABSTAIN', message, segment: undefined, evidence: undefined });
      logger.error({ ...line, reason: outcome.reason }, 'a replay was given up');
    }
    await queue.complete(jobId);
  }

  /** Whether the outcome of a span can still matter. */
  async #stillNeeded({ runId, first }: SpanJob): Promise<boolean> {
    const { pool } = this.#parts.database;
    const run = await findRun(pool, runId);
    if (run === undefined || isFinal(run.state)) return false;
    return !isMoot({ first }, await listSpanOutcomes(pool, runId));
  }

  #replay(job: SpanJob): Promise<ReplayOutcome> {
    const attributes = { 'isthmus.run.id': job.runId, 'isthmus.segment': job.first };
    return this.#parts.telemetry.span('replay', attributes, async (span) => {
      const outcome = await this.#replayInProcess(job);
      span.setAttribute('isthmus.outcome', outcome.kind);
      return outcome;
    });
  }

  async #replayInProcess(job: SpanJob): Promise<ReplayOutcome> {
    const { database, objects, clock, logger, telemetry } = this.#parts;
    const { runId, first } = job;
    const task = await makeTask(database.pool, job, this.#options.maxStateBytes);
    if (task === undefined) return { kind: 'done' };
    await this.#markReplaying(runId);
    // A process serves one run: what the data of one prover did to a program's module reaches no run of another.
    if (this.#replayedRun !== runId) await this.#replayer?.stop();
    this.#replayedRun = runId;
    if (this.#replayer?.alive !== true) {
      this.#replayer = await ReplayerProcess.start((text) => logger.debug({ text }, 'output of a replayer'));
    }
    const calledOff = new AbortController();
    let segmentStartedMs = clock.monotonic();
    const heartbeat = setInterval(() => {
      beatSpan(database.pool, runId, first, this.#name, clock.now()).catch((error: unknown) =>
        logger.warn({ err: error }, 'a heartbeat could not be written'),
      );
    }, this.#options.heartbeatMs);
    try {
      return await this.#replayer.replay(task, {
        fetchObject: (sha256) => objects.get(sha256),
        signal: AbortSignal.any([calledOff.signal, this.#stopping.signal]),
        deadlineMs: this.#options.deadlineMs,
        onSegment: async (segment) => {
          const seconds = (clock.monotonic() - segmentStartedMs) / 1000;
          segmentStartedMs = clock.monotonic();
          telemetry.record('isthmus.replay.segment.duration', seconds);
          telemetry.count('isthmus.replay.segments', 1, { 'isthmus.verdict': 'held' });
          await database.transaction(async (transaction) => {
            await insertReplayedSegment(transaction, runId, segment, this.#name, clock.now());
            await announceChange(transaction, runId);
          });
          if (!(await this.#stillNeeded(job))) calledOff.abort();
        },
      });
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #markReplaying(runId: string): Promise<void> {
    const { database, clock } = this.#parts;
    await database.transaction(async (transaction) => {
      if ((await findRun(transaction, runId, true))?.state !== 'COMMITTED') return;
      await setRunState(transaction, runId, 'REPLAYING', clock.now());
      await announceChange(transaction, runId);
    });
  }

  async #settle({ runId, first }: SpanJob, failure: Failure | undefined): Promise<void> {
    const told = failure && { ...failure, message: failureText(failure.message) };
    await this.#parts.database.transaction(async (transaction) => {
      await settleSpan(transaction, runId, first, told);
      await announceSettled(transaction, runId);
    });
  }

  async #keepEvidence(outcome: Extract<ReplayOutcome, { kind: 'failed' }>): Promise<Failure> {
    const { failure, evidence } = outcome;
    return { ...failure, evidence: evidence && (await this.#parts.objects.put(evidence)) };
  }
}
