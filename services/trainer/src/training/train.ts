import { exportModel, manifestDigest } from '@isthmus/proof';
import { curveRecorder } from './curve-recorder.js';
import { prepareRun } from './prepare-run.js';
import { summariseRun } from './summarise-run.js';
import type { TrainOptions } from './train-options.js';
import { trainSegments } from './train-segments.js';
import type { TrainResult } from './training-event.js';
import { appendTrial } from './trials-log.js';

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
    const data = options.inputs.records.interactions;
    if (options.trialsPath !== undefined)
      await appendTrial(options.trialsPath, {
        program: program.name,
        programDigest: loaded.digest,
        ...(data === undefined ? {} : { data }),
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
