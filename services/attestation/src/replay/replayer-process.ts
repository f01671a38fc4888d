import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FetchObject } from './open-inputs.js';
import type { FromReplayer, ReplayTask, ToReplayer } from './replay-protocol.js';

/** How a replay ended. */
export type ReplayOutcome =
  | Extract<FromReplayer, { kind: 'done' | 'failed' }>
  /** No statement about the proof: the replayer failed, was killed or took too long. */
  | { readonly kind: 'lost'; readonly reason: string };

/** What a replayer is given for one task. */
export interface ReplayHost {
  readonly fetchObject: FetchObject;
  /** Called after each segment that held; the replay goes on meanwhile. */
  readonly onSegment: (segment: number) => Promise<void>;
  /** Ends the replay, and the process with it. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}

/**
 * A replayer process and its private folder. The process inherits no environment: no credentials, no configuration.
 * Whatever goes wrong in a task ends the process, so that no state is carried into the next one.
 */
export class ReplayerProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #exited: Promise<string>;

  private constructor(child: ChildProcess, folder: string, onOutput: (text: string) => void) {
    this.#child = child;
    this.#folder = folder;
    child.stderr?.setEncoding('utf8').on('data', onOutput);
    // Sends that meet a closed channel are answered by the exit.
    child.on('error', () => undefined);
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve(
          signal === null ? `the replayer exited with code ${code}` : `the replayer was ended by ${signal}`,
        );
        void rm(folder, { recursive: true, force: true });
      });
    });
  }

  /** Starts a process. `onOutput` gets what it writes to its standard error. */
  static async start(onOutput: (text: string) => void): Promise<ReplayerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-replay-'));
    const child = fork(fileURLToPath(new URL('./replayer-main.js', import.meta.url)), [folder], {
      env: {},
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new ReplayerProcess(child, folder, onOutput);
  }

  /** Id of the process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether the process can take another task. */
  get alive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Replays one task. One at a time. Never throws. */
  async replay(task: ReplayTask, host: ReplayHost): Promise<ReplayOutcome> {
    let reports: Promise<void> = Promise.resolve();
    const answered = new Promise<ReplayOutcome>((resolve) => {
      const lose = (reason: string) => {
        resolve({ kind: 'lost', reason });
        this.#child.kill('SIGKILL');
      };
      const timer = setTimeout(
        () => lose(`the replay took more than ${host.deadlineMs} ms`),
        host.deadlineMs,
      );
      const onAbort = () => lose('the replay was called off');
      const onMessage = (message: FromReplayer) => {
        if (message.kind === 'want') void this.#provide(message.sha256, host.fetchObject);
        else if (message.kind === 'segment') {
          reports = reports
            .then(() => host.onSegment(message.segment))
            .catch((error: Error) => lose(error.message));
        } else if (message.kind === 'error') lose(message.message);
        else if (message.kind !== 'ready') resolve(message);
      };
      this.#child.on('message', onMessage);
      host.signal.addEventListener('abort', onAbort);
      if (host.signal.aborted) onAbort();
      void this.#exited.then((reason) => resolve({ kind: 'lost', reason }));
      this.#tell({ kind: 'task', task });
      this.#release = () => {
        clearTimeout(timer);
        this.#child.off('message', onMessage);
        host.signal.removeEventListener('abort', onAbort);
      };
    });
    const outcome = await answered;
    this.#release();
    await reports;
    return outcome;
  }

  /** Ends the process and removes its folder. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #release: () => void = () => undefined;

  async #provide(sha256: string, fetchObject: FetchObject): Promise<void> {
    try {
      this.#tell({ kind: 'object', sha256, bytes: await fetchObject(sha256) });
    } catch (error) {
      this.#tell({
        kind: 'missing',
        sha256,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #tell(message: ToReplayer): void {
    if (this.#child.connected) this.#child.send(message);
  }
}
