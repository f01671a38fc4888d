import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ManifestArtefact } from '@isthmus/proof';
import { type PreparedData, recordsOf } from '../data/prepare-data.js';
import { openTensorflow } from '../program/open-tensorflow.js';
import { programReference } from '../program/program-reference.js';
import { openProverKey } from '../training/prover-key.js';
import { train } from '../training/train.js';
import type { TrainOptions } from '../training/train-options.js';
import type { TrainingEvent, TrainResult } from '../training/training-event.js';
import { type CommandFlags, objectsOf, readFlags } from './command-flags.js';
import { type CommandOutput, commandOutput } from './command-output.js';
import { securityFlags, securityOf } from './command-security.js';
import { UsageError } from './usage-error.js';

/** What `isthmus-trainer train --help` prints. */
export const trainHelp = `isthmus-trainer train --program P --data FILE (--seed N | --attestation HOST:PORT) [flags]

Trains a program on prepared data. With --attestation the run is announced, committed while it goes on, and then
replayed by the service, bit for bit; the exit code is 3 where the replay rejects it.

  --program P            name of a program of this repository, a bundle file, or the SHA-256 of a stored bundle
  --data FILE            what prepare wrote with --out
  --spec JSON            choices of the program, for example '{"epochs":5}'; or @FILE
  --artefact NAME=D[@A]  model that the run reads: digest D, attested by A; may be repeated
  --artefact NAME=@FILE  the same, as an earlier training wrote it with --out
  --seed N               a local run; with --attestation a POSTHOC one
  --attestation H:P      attestation service
  --tls-authority FILE   authorities that its certificate must come from; or ISTHMUS_TLS_AUTHORITY
  --tls-certificate FILE certificate of the prover; or ISTHMUS_TLS_CERTIFICATE
  --tls-key FILE         its private key; or ISTHMUS_TLS_KEY
  --insecure             plain text, for a service with --tls.mode=off; or ISTHMUS_TLS_MODE=off
  --key FILE             the prover's private key, made at the first use; .isthmus/prover-key.pem
  --backend NAME         isthmus, or tensorflow where tfjs-node is installed: quick, but not the same bits
                         everywhere, so no such run is attested
  --upload               sends all objects to the service, which does not share the store
  --checkpoints DIR      keeps the run there: started again after a kill, it goes on
  --restart              forgets the run that --checkpoints keeps
  --trials FILE          adds the run to this log of tried configurations
  --objects URL          content-addressed store; a folder below .isthmus if not given
  --out FILE             the result with curves and attestation, for evaluate
  --events               every event as a JSON line on standard output, the result last
  --json                 the result in short as the last line of standard output`;

/** `train`: trains a program. Exit code 3 where the run is attested and was not accepted. */
export async function trainCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    program: { type: 'string' },
    data: { type: 'string' },
    spec: { type: 'string' },
    artefact: { type: 'string', multiple: true },
    seed: { type: 'string' },
    attestation: { type: 'string' },
    key: { type: 'string' },
    ...securityFlags,
    backend: { type: 'string' },
    upload: { type: 'boolean' },
    checkpoints: { type: 'string' },
    restart: { type: 'boolean' },
    trials: { type: 'string' },
    objects: { type: 'string' },
    out: { type: 'string' },
    events: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const output = commandOutput({
    json: flags.isSet('json'),
    events: flags.isSet('events'),
    outFile: flags.text('out'),
  });
  const stop = new AbortController();
  const onSignal = () =>
    stop.abort(new Error('stopped; the same command goes on from its checkpoints, if it has any'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const result = await train({
    ...(await optionsOf(flags)),
    signal: stop.signal,
    onEvent: (event) => show(output, event),
  });
  output.progress.end();
  summarise(output, result);
  const { curve, timings, attestation, ...rest } = result;
  const { bundle, logProof, ...named } = attestation ?? {};
  await output.result(result, attestation === undefined ? rest : { ...rest, attestation: named });
  output.event({ event: 'result', result });
  return result.verdict === undefined || result.verdict.state === 'ATTESTED' ? 0 : 3;
}

async function optionsOf(flags: CommandFlags): Promise<TrainOptions> {
  const prepared = flags.jsonFile<PreparedData>('data');
  const seed = flags.wholeNumber('seed');
  const address = flags.text('attestation');
  if (seed === undefined && address === undefined) throw new UsageError('--seed or --attestation is needed');
  const checkpointDirectory = flags.text('checkpoints');
  const trialsPath = flags.text('trials');
  return {
    program: programReference(flags.requiredText('program')),
    spec: flags.json('spec') ?? {},
    inputs: { records: recordsOf(prepared), artefacts: artefactsOf(flags.texts('artefact')) },
    objects: objectsOf(flags),
    restart: flags.isSet('restart'),
    ...(await backendOf(flags.text('backend'), address)),
    ...(seed === undefined ? {} : { seed }),
    ...(checkpointDirectory === undefined ? {} : { checkpointDirectory }),
    ...(trialsPath === undefined ? {} : { trialsPath }),
    ...(address === undefined
      ? {}
      : {
          attestation: {
            address,
            security: securityOf(flags, '--attestation'),
            proverKey: await openProverKey(resolve(flags.text('key') ?? '.isthmus/prover-key.pem')),
            upload: flags.isSet('upload'),
          },
        }),
  };
}

async function backendOf(
  name: string | undefined,
  attestation: string | undefined,
): Promise<Pick<TrainOptions, 'backend'>> {
  if (name === undefined || name === 'isthmus') return {};
  if (name !== 'tensorflow') throw new UsageError(`--backend must be isthmus or tensorflow, not '${name}'`);
  if (attestation !== undefined)
    throw new UsageError('--backend tensorflow gives bits that nobody can replay: leave --attestation out');
  return { backend: await openTensorflow() };
}

function artefactsOf(texts: readonly string[]): { [name: string]: ManifestArtefact } {
  return Object.fromEntries(
    texts.map((text) => {
      const [, named, file] = /^([a-z0-9._-]+)=@(.+)$/.exec(text) ?? [];
      if (named !== undefined && file !== undefined) return [named, artefactOf(file)];
      const [, name, digest, attestationId] =
        /^([a-z0-9._-]+)=([0-9a-f]{64})(?:@([0-9a-f]{64}))?$/.exec(text) ?? [];
      if (name === undefined || digest === undefined)
        throw new UsageError(
          `--artefact must be NAME=DIGEST, NAME=DIGEST@ATTESTATION or NAME=@FILE, not '${text}'`,
        );
      return [name, { digest, attestationId: attestationId ?? null }];
    }),
  );
}

/** The model that a training wrote to a file. */
function artefactOf(file: string): ManifestArtefact {
  try {
    const { modelDigest, attestation } = JSON.parse(readFileSync(file, 'utf8')) as TrainResult;
    if (/^[0-9a-f]{64}$/.test(modelDigest))
      return { digest: modelDigest, attestationId: attestation?.id ?? null };
  } catch {
    // Told below.
  }
  throw new UsageError(`--artefact: ${file} is not what a training wrote with --out`);
}

function show(output: CommandOutput, event: TrainingEvent): void {
  output.event(event);
  const { progress } = output;
  if (event.event === 'started') {
    const run = event.runId === undefined ? '' : ` run ${event.runId}`;
    progress.line(`${event.program} ${event.programDigest.slice(0, 12)}, ${event.mode}${run}`);
  } else if (event.event === 'resumed') {
    progress.line(`going on after ${event.segment} segments, step ${event.step}`);
  } else if (event.event === 'progress') {
    progress.update({ ...event, label: event.phase });
  } else if (event.event === 'replay') {
    const label = `replay, ${event.state.toLowerCase()}`;
    progress.update({ label, completed: event.replayed, total: event.total });
  }
}

function summarise(output: CommandOutput, result: TrainResult): void {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  output.line(`model ${result.modelDigest}`);
  output.line(
    `${result.steps} steps in ${result.segments} segments, ${seconds(result.trainMs)}; recording took ${(100 * result.recordingShare).toFixed(2)} % of that, a state has ${(result.stateBytes / 1e6).toFixed(1)} MB`,
  );
  const { verdict, attestation } = result;
  if (verdict === undefined) return;
  output.line(
    `${verdict.state} ${verdict.level}: ${verdict.replayedSegments} of ${verdict.totalSegments} segments replayed in ${seconds(verdict.verifyMs)}${verdict.failure ? `; ${verdict.failureClass}: ${verdict.failure}` : ''}`,
  );
  if (attestation !== undefined)
    output.line(`attestation ${attestation.id}, log entry ${attestation.logIndex}`);
}
