import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { SegmentRunner } from '@isthmus/proof';
import { attestedSession } from '../attestation/attested-session.js';
import { inputObjects } from '../inputs/input-objects.js';
import { type InputReferences, openInputs } from '../inputs/open-inputs.js';
import { type LoadedProgram, loadProgram } from '../program/load-program.js';
import { CheckpointDirectory } from './checkpoint-directory.js';
import { localSeed } from './local-seed.js';
import { type OpenRun, openRun } from './open-run.js';
import { localSession, type RunSession } from './run-session.js';
import type { TrainOptions } from './train-options.js';
import type { RunMode } from './training-event.js';

/** A run whose seed is known: everything that the steps need. */
export interface PreparedRun {
  readonly loaded: LoadedProgram;
  readonly runner: SegmentRunner;
  readonly run: OpenRun;
  readonly session: RunSession;
  readonly inputs: InputReferences;
  /** Where encoded states are kept; undefined where nobody can come back to them. */
  readonly states: ObjectStore | undefined;
  readonly directory: CheckpointDirectory | undefined;
}

/** Loads program and inputs, plans, commits to the manifest, and only then gets the seed. */
export async function prepareRun(options: TrainOptions): Promise<PreparedRun> {
  const { objects, spec, attestation, checkpointDirectory } = options;
  const mode = modeOf(options);
  const loaded = await loadProgram(await programBytes(options), undefined, options.backend);
  await objects.put(loaded.bytes);
  const { program } = loaded.bundle;
  const opened = await openInputs(objects, options.inputs);
  const plan = program.plan(spec, opened.info);
  const directory =
    checkpointDirectory === undefined ? undefined : new CheckpointDirectory(checkpointDirectory);
  const draft = {
    proverKeyId: attestation?.proverKey.keyId ?? '00'.repeat(32),
    program: { name: program.name, version: program.version, digest: loaded.digest },
    kernelProfile: loaded.kernelProfile,
    spec,
    plan,
    inputs: opened.declared,
  };
  const run = await openRun(directory, draft, mode, options.restart === true);
  const seed = options.seed === undefined ? undefined : localSeed(options.seed);
  const session = await openSession(options, run, loaded.digest, seed);
  await keepIdentity(directory, run, session);
  const states = mode !== 'LOCAL' ? session.objects : ownStates(checkpointDirectory);
  const runner = new SegmentRunner({ program, plan, seed: session.seed, inputs: opened.inputs });
  return { loaded, runner, run, session, inputs: options.inputs, states, directory };
}

function modeOf(options: TrainOptions): RunMode {
  if (options.attestation !== undefined) return options.seed === undefined ? 'ONLINE' : 'POSTHOC';
  if (options.seed === undefined)
    throw new Error('a run needs a seed, or an attestation service that draws one');
  return 'LOCAL';
}

async function programBytes({ program, objects }: TrainOptions): Promise<Uint8Array> {
  return 'digest' in program ? objects.get(program.digest) : new Uint8Array(await readFile(program.path));
}

async function openSession(
  { attestation, objects, inputs }: TrainOptions,
  run: OpenRun,
  programDigest: string,
  seed: Uint8Array | undefined,
): Promise<RunSession> {
  if (attestation === undefined) return localSession(seed!, objects);
  const { address, security, proverKey } = attestation;
  const upload =
    attestation.upload === true ? [programDigest, ...(await inputObjects(objects, inputs))] : undefined;
  const { requestId } = run.record;
  const { manifest } = run;
  return attestedSession({ address, security, proverKey, manifest, requestId, seed, objects, upload });
}

/** A run of before goes on with its own seed; another one is refused. */
async function keepIdentity(
  directory: CheckpointDirectory | undefined,
  run: OpenRun,
  session: RunSession,
): Promise<void> {
  const seed = Buffer.from(session.seed).toString('hex');
  if (run.record.seed !== undefined && run.record.seed !== seed)
    throw new Error(
      'the checkpoint directory keeps a run with another seed: choose another directory, or restart',
    );
  await directory?.writeRun({ ...run.record, seed });
}

function ownStates(checkpointDirectory: string | undefined): ObjectStore | undefined {
  if (checkpointDirectory === undefined) return undefined;
  return openObjectStore(pathToFileURL(resolve(join(checkpointDirectory, 'states'))).href);
}
