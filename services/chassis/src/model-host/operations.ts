import { randomUUID } from 'node:crypto';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import { failure } from '../errors/isthmus-error.js';
import { toStatusProto } from '../errors/status-proto.js';
import type { Clock } from '../lifecycle/clock.js';

/** Says how far an operation is. */
export type Progress = (stage: string, completed?: number, total?: number) => void;

/** Most operations that are remembered after their end; the oldest go first. */
const maxEnded = 1000;

/** Work that outlives the call which started it (AIP-151), in this process. */
export class Operations {
  readonly #clock: Clock;
  readonly #running = new Map<string, RunningOperation>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts work and returns the operation at once. What the work throws becomes the operation's error. */
  start(work: (progress: Progress) => Promise<void>): Operation {
    const running = new RunningOperation(this.#clock);
    this.#running.set(running.state.id, running);
    this.#forgetOldest();
    // Not before the caller has the operation in hand.
    queueMicrotask(() => void running.run(work));
    return running.state;
  }

  /** The state of an operation. Throws OPERATION_NOT_FOUND. */
  get(id: string): Operation {
    return this.#require(id).state;
  }

  /** The state of an operation; undefined where it is not known here. */
  find(id: string): Operation | undefined {
    return this.#running.get(id)?.state;
  }

  /** The state at once and after every change, until the end. Throws OPERATION_NOT_FOUND. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<Operation> {
    const running = this.#require(id);
    let told: Operation | undefined;
    while (!signal?.aborted) {
      const { state, changed } = running;
      if (state !== told) {
        told = state;
        yield state;
        continue;
      }
      if (state.done) return;
      await (signal ? Promise.race([changed, aborted(signal)]) : changed);
    }
  }

  /** Waits for the end. Rejects with what the work threw. */
  async wait(id: string): Promise<void> {
    await this.#require(id).outcome;
  }

  #require(id: string): RunningOperation {
    const running = this.#running.get(id);
    if (running) return running;
    throw failure(
      'OPERATION_NOT_FOUND',
      `No operation ${id} is known here: operations are forgotten when their server stops. Ask ListModels for the outcome.`,
      { metadata: { id } },
    );
  }

  #forgetOldest(): void {
    for (const [id, { state }] of this.#running) {
      if (this.#running.size <= maxEnded) return;
      if (state.done) this.#running.delete(id);
    }
  }
}

class RunningOperation {
  state: Operation;
  /** Resolves at the next change. */
  changed: Promise<void>;
  readonly outcome: Promise<void>;
  readonly #clock: Clock;
  #tellChange: () => void = () => undefined;
  #succeed: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    const now = BigInt(clock.now());
    this.state = {
      id: randomUUID(),
      done: false,
      stage: 'queued',
      completed: 0n,
      total: 0n,
      error: undefined,
      startedAtMs: now,
      updatedAtMs: now,
    };
    this.changed = this.#nextChange();
    this.outcome = new Promise((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
    });
    // Whoever does not wait need not hear of it.
    this.outcome.catch(() => undefined);
  }

  async run(work: (progress: Progress) => Promise<void>): Promise<void> {
    try {
      await work((stage, completed = 0, total = 0) => {
        this.#update({ stage, completed: BigInt(completed), total: BigInt(total) });
      });
      this.#update({ done: true, stage: 'done' });
      this.#succeed();
    } catch (error) {
      this.#update({ done: true, error: toStatusProto(error) });
      this.#fail(error);
    }
  }

  #update(change: Partial<Operation>): void {
    this.state = { ...this.state, ...change, updatedAtMs: BigInt(this.#clock.now()) };
    const tell = this.#tellChange;
    this.changed = this.#nextChange();
    tell();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#tellChange = resolve;
    });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
