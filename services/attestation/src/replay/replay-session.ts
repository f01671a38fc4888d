import {
  manifestInputInfo,
  type Plan,
  ProofError,
  parseManifest,
  requirePlan,
  SegmentRunner,
  sha256Hex,
} from '@isthmus/proof';
import { type LoadedProgram, loadProgram, profileDifferences } from './load-program.js';
import { type FetchObject, openInputs } from './open-inputs.js';
import type { ReplayTask } from './replay-protocol.js';
import { replaySpan, type SpanFailure } from './replay-span.js';

/**
 * What a replayer keeps from one task to the next: programs by digest, and the inputs of the run that it works on, so
 * that a run's data are fetched and checked once a process and not once a span.
 */
export class ReplaySession {
  readonly #fetchObject: FetchObject;
  readonly #folder: string;
  readonly #programs = new Map<string, Promise<LoadedProgram>>();
  #current: { readonly key: string; readonly runner: SegmentRunner } | undefined;

  /** @param folder private folder of this process */
  constructor(fetchObject: FetchObject, folder: string) {
    this.#fetchObject = fetchObject;
    this.#folder = folder;
  }

  /**
   * Replays a task.
   * @returns the first failure, `ABSTAIN` where this machine's arithmetic is not the run's; undefined where all held
   * @throws Error where something other than the proof went wrong: an object is missing, the memory is short
   */
  async replay(
    task: ReplayTask,
    onSegment: (segment: number) => Promise<void>,
  ): Promise<SpanFailure | undefined> {
    const runner = await this.#runner(task);
    return 'class' in runner ? runner : replaySpan(task, runner, this.#fetchObject, onSegment);
  }

  async #runner(task: ReplayTask): Promise<SegmentRunner | SpanFailure> {
    const key = `${sha256Hex(task.manifest)}:${sha256Hex(task.seed)}`;
    if (this.#current?.key === key) return this.#current.runner;
    this.#current = undefined;
    const manifest = parseManifest(task.manifest);
    const { bundle, profile } = await this.#program(manifest.program.digest);
    const differing = profileDifferences(profile, manifest.kernelProfile);
    if (differing.length > 0) {
      return failed(
        'ABSTAIN',
        `the kernels of this service differ from the run's in ${differing.join(', ')}; a worker with equal kernels is needed`,
      );
    }
    const { program } = bundle;
    if (program.name !== manifest.program.name || program.version !== manifest.program.version) {
      return failed(
        'BINDING',
        `the program calls itself ${program.name} ${program.version}, the manifest does not`,
      );
    }
    let plan: Plan;
    try {
      plan = program.plan(manifest.spec, manifestInputInfo(manifest));
    } catch (error) {
      return failed('MALFORMED', `the program refuses the manifest's spec: ${messageOf(error)}`);
    }
    try {
      requirePlan(manifest, plan);
      const inputs = await openInputs(manifest, this.#fetchObject);
      const runner = new SegmentRunner({ program, plan, seed: task.seed, inputs });
      this.#current = { key, runner };
      return runner;
    } catch (error) {
      if (error instanceof ProofError) return failed('BINDING', error.message);
      throw error;
    }
  }

  #program(digest: string): Promise<LoadedProgram> {
    const known = this.#programs.get(digest);
    if (known !== undefined) return known;
    const loading = this.#fetchObject(digest).then((bytes) => loadProgram(digest, bytes, this.#folder));
    this.#programs.set(digest, loading);
    loading.catch(() => this.#programs.delete(digest));
    return loading;
  }
}

function failed(kind: SpanFailure['class'], message: string): SpanFailure {
  return { class: kind, message, segment: undefined, evidence: undefined };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
