import { type ExportedModel, manifestDigest } from '@isthmus/proof';
import type { PreparedRun } from './prepare-run.js';
import type { SegmentsEnd } from './train-segments.js';
import type { CurvePoint, TrainResult } from './training-event.js';

/** The result of a run before anybody has judged it. */
export function summariseRun(
  prepared: PreparedRun,
  end: SegmentsEnd,
  model: ExportedModel,
  curve: readonly CurvePoint[],
): TrainResult {
  const { loaded, session, run, runner } = prepared;
  const { program, plan } = runner.context;
  const { segments } = end;
  const total = (of: (segment: (typeof segments)[number]) => number): number =>
    segments.reduce((sum, segment) => sum + of(segment), 0);
  const trainMs = total((segment) => segment.trainMs);
  const recordMs = total((segment) => segment.recordMs);
  return {
    program: { name: program.name, version: program.version, digest: loaded.digest },
    kernelProfile: loaded.kernelProfile,
    inputs: prepared.inputs,
    mode: session.mode,
    ...(session.runId === undefined ? {} : { runId: session.runId }),
    manifestDigest: Buffer.from(manifestDigest(run.manifest)).toString('hex'),
    seed: Buffer.from(session.seed).toString('hex'),
    steps: total((segment) => segment.steps),
    segments: segments.length,
    chainHead: segments.at(-1)!.chain,
    modelDigest: model.digest,
    files: model.entries,
    figures: program.progress(plan, end.state).figures,
    stateBytes: end.encodedState.length,
    trainMs,
    recordMs,
    recordingShare: recordMs / Math.max(trainMs, 1),
    cpuSeconds: total((segment) => segment.cpuMs) / 1000,
    curve,
    timings: segments.map(({ segment, steps, trainMs, recordMs }) => ({ segment, steps, trainMs, recordMs })),
  };
}
