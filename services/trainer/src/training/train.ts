import type { ObjectStore } from '@isthmus/chassis';
import { exportModel, type JsonObject, manifestDigest, type SigningKey } from '@isthmus/proof';
import type { InputReferences } from '../inputs/open-inputs.js';
import type { ProgramReference } from '../program/program-reference.js';
import { curveRecorder } from './curve-recorder.js';
import { prepareRun } from './prepare-run.js';
import { summariseRun } from './summarise-run.js';
import { trainSegments } from './train-segments.js';
import type { TrainingEvent, TrainResult } from './training-event.js';
import { appendTrial } from './trials-log.js';

/** Where a run is attested and by whom. */
export interface AttestationOptions {
  /** `host:port` of the attestation service. */
  readonly address: string;
  readonly proverKey: SigningKey;
  /** Sends every object to the service, for provers that do not share its store. */
  readonly upload?: boolean;
}

/** What {@link train} needs to know. */
export interface TrainOptions {
  /** The bundle of the program: a file, or the SHA-256 of an object in the store. */
  readonly program: ProgramReference;
  /** What a person chose; the program's plan fills in the rest. */
  readonly spec: JsonObject;
  readonly inputs: InputReferences;
  readonly objects: ObjectStore;
  /**
   * Number that the seed is made from. Without `attestation` it is required; with it, the run is `POSTHOC`: it can be
   * re-executed, and nothing says that it came before its choice.
   */
  readonly seed?: number;
  /** With it and without `seed` the run is `ONLINE`: the service draws the nonce after it has logged the manifest. */
  readonly attestation?: AttestationOptions;
  /** Where the run is kept, so that it goes on after a kill; without it a kill loses the run. */
  readonly checkpointDirectory?: string;
  /** Forgets what the checkpoint directory keeps. */
  readonly restart?: boolean;
  /** JSON Lines file that the run is added to, as one of the configurations that were tried. */
  readonly trialsPath?: string;
  readonly onEvent?: (event: TrainingEvent) => void;
  readonly signal?: AbortSignal;
  /** Monotonic clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Trains a program: plan, manifest, seed, segments with their commitments, model files, and where an attestation service
 * is given, the verdict and the attestation. A rejected run resolves too: `verdict` says so.
 *
 * Throws where the program, an input or the specification is wrong, where a state is not finite or the run does not end
 * within its plan, and where the service cannot be reached.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const notify = options.onEvent ?? (() => {});
  const prepared = await prepareRun(options);
  const { session, run, runner, loaded } = prepared;
  const { program, plan } = runner.context;
  try {
    notify({
      event: 'started',
      program: program.name,
      programDigest: loaded.digest,
      mode: session.mode,
      ...(session.runId === undefined ? {} : { runId: session.runId }),
      maxSteps: plan.maxSteps,
      segmentSteps: plan.segmentSteps,
    });
    const stepsBefore = run.segments.reduce((total, segment) => total + segment.steps, 0);
    const curve = await curveRecorder(options.checkpointDirectory, stepsBefore);
    const end = await trainSegments({
      ...prepared,
      manifestDigest: manifestDigest(run.manifest),
      finished: run.segments,
      curve,
      notify,
      now: options.now ?? (() => performance.now()),
      signal: options.signal,
    });
    const model = exportModel(runner.context, end.encodedState);
    for (const content of model.files.values()) await session.objects.put(content);
    await session.objects.put(model.fileListBytes);
    notify({ event: 'exported', modelDigest: model.digest, files: model.entries });
    const summary = summariseRun(prepared, end, model, curve.points());
    if (options.trialsPath !== undefined)
      await appendTrial(options.trialsPath, {
        program: program.name,
        programDigest: loaded.digest,
        configuration: options.spec,
        seed: options.seed ?? summary.seed.slice(0, 8),
        validation: summary.figures,
        cpuSeconds: summary.cpuSeconds,
        modelDigest: model.digest,
      });
    return {
      ...summary,
      ...(await session.finish({ ...summary, onChange: notify, signal: options.signal })),
    };
  } finally {
    session.close();
  }
}
