import { IsthmusClient } from '@isthmus/client';
import type { Run } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { RunAttestation, RunVerdict, TrainingEvent, TrainResult } from '@isthmus/trainer';
import { protectionOf } from '../mesh/protection.js';
import type { DemoContext } from './demo-context.js';
import { type ProgramTraining, trainProgram } from './train-program.js';

/** A training run that was replayed bit for bit and attested. */
export interface AttestedRun {
  readonly result: TrainResult;
  readonly verdict: RunVerdict;
  readonly attestation: RunAttestation;
}

/**
 * Trains a program ONLINE under the eyes of the attestation service and tells what happened.
 * @throws Error where the replay does not give the same bits
 */
export async function trainAttested(
  context: DemoContext,
  training: ProgramTraining & { readonly attestation: string },
): Promise<AttestedRun> {
  const { narrator } = context;
  const result = await trainProgram(context, training, (event) =>
    showProgress(context, training.program, event),
  );
  narrator.settle();
  const { verdict, attestation } = result;
  if (verdict === undefined || attestation === undefined)
    throw new Error(
      `the run of ${training.program} was not attested: ${verdict?.state ?? 'no verdict'} ${verdict?.failureClass ?? ''} ${verdict?.failure ?? ''}`,
    );
  const run = await runOf(context, training.attestation, result.runId ?? '');
  narrator.say(...storyOf(result, verdict, attestation, run));
  return { result, verdict, attestation };
}

function showProgress({ narrator }: DemoContext, program: string, event: TrainingEvent): void {
  if (event.event === 'progress')
    narrator.progress({
      label: `training ${program}, ${event.phase}`,
      completed: event.completed,
      total: event.total,
      figures: event.figures,
    });
  else if (event.event === 'replay' && event.state !== 'ATTESTED')
    narrator.progress({ label: `replaying ${program}`, completed: event.replayed, total: event.total });
}

async function runOf({ mesh }: DemoContext, address: string, runId: string): Promise<Run | undefined> {
  const protection = protectionOf(mesh.security('prover'));
  const client = new IsthmusClient({ attestation: address, deadlineMs: 10_000, ...protection });
  try {
    return (await client.proofs.getRun({ runId })).run;
  } finally {
    client.close();
  }
}

function storyOf(
  result: TrainResult,
  verdict: RunVerdict,
  attestation: RunAttestation,
  run: Run | undefined,
): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const megabytes = result.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
  const lineage = Object.entries(result.inputs.artefacts ?? {}).map(
    ([name, { digest }]) => `lineage   the ${name} model ${short(digest)} is an input, with its attestation`,
  );
  return [
    `manifest  ${short(result.manifestDigest)} logged as entry ${run?.startLogIndex ?? '?'}: program, data and every number, before any randomness`,
    `seed      ${short(result.seed)} from the log's checkpoint that holds the manifest`,
    ...lineage,
    `trained   ${result.steps.toLocaleString('en')} steps in ${result.segments} segments, ${seconds(result.trainMs)}; hashing every state took ${(100 * result.recordingShare).toFixed(1)} %`,
    `replayed  ${verdict.replayedSegments} of ${verdict.totalSegments} segments by other processes, bit for bit, in ${seconds(verdict.verifyMs)}`,
    `attested  ${verdict.level}, ${result.mode}: attestation ${short(attestation.id)} is entry ${attestation.logIndex} of the log`,
    `model     ${short(result.modelDigest)}, ${result.files.length} files, ${megabytes.toFixed(1)} MB`,
  ];
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}…`;
}
