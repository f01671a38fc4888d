import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ConnectionSecurity } from '@isthmus/chassis';
import type { JsonObject, ManifestArtefact } from '@isthmus/proof';
import type { TrainingEvent, TrainResult } from './training-event.js';

/** A training as the flags of `isthmus-trainer train`: what can be said to another process. */
export interface TrainingFlags {
  /** Name of a program of this repository, path of a bundle, or SHA-256 of a stored one. */
  readonly program: string;
  /** File that `prepare` wrote: a `PreparedData` as JSON. */
  readonly dataFile: string;
  /** URL of the content-addressed store. */
  readonly objectsUrl: string;
  readonly spec?: JsonObject;
  readonly artefacts?: { readonly [name: string]: ManifestArtefact };
  readonly seed?: number;
  /** `host:port` of the attestation service. */
  readonly attestation?: string;
  /** How the connection to it is protected; the environment says where it is left out. */
  readonly security?: ConnectionSecurity;
  /** File of the prover's key. */
  readonly keyFile?: string;
  readonly upload?: boolean;
  readonly checkpointDirectory?: string;
  readonly restart?: boolean;
  readonly trialsPath?: string;
}

/** A training in a process of its own. */
export interface TrainingProcess {
  readonly pid: number;
  /** What is run, for people who want to run it themselves. */
  readonly command: readonly string[];
  /** The result, a rejected run included. Rejects with the end of the process's standard error where it fails. */
  readonly result: Promise<TrainResult>;
  /** Asks the process to stop between two steps, or with SIGKILL ends it at once. */
  kill(signal?: NodeJS.Signals): void;
}

const ERROR_LINES = 20;

/**
 * Trains in a child process, so that the caller's event loop and memory stay its own.
 * @param onEvent told of everything that happens, in order
 */
export function spawnTraining(
  flags: TrainingFlags,
  onEvent: (event: TrainingEvent) => void = () => {},
): TrainingProcess {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const argv = [main, 'train', ...argumentsOf(flags), '--events'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    if (errors.length > ERROR_LINES) errors.shift();
  });
  let result: TrainResult | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as TrainingEvent | { event: 'result'; result: TrainResult };
    if (event.event === 'result') result = event.result;
    else onEvent(event);
  });
  const ended = new Promise<TrainResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (result !== undefined) resolve(result);
      else reject(new Error(`training ended with ${signal ?? `exit code ${code}`}: ${errors.join('\n')}`));
    });
  });
  // Whoever asks for the result meets a failure there; nobody asking must not bring the caller down.
  ended.catch(() => {});
  return {
    pid: child.pid ?? -1,
    command: [process.execPath, ...argv],
    result: ended,
    kill: (signal = 'SIGTERM') => void child.kill(signal),
  };
}

function argumentsOf(flags: TrainingFlags): string[] {
  const withValue: readonly (readonly [flag: string, value: string | number | undefined])[] = [
    ['program', flags.program],
    ['data', flags.dataFile],
    ['objects', flags.objectsUrl],
    ['spec', flags.spec && JSON.stringify(flags.spec)],
    ['seed', flags.seed],
    ['attestation', flags.attestation],
    ['key', flags.keyFile],
    ['checkpoints', flags.checkpointDirectory],
    ['trials', flags.trialsPath],
    ...securityArguments(flags.security),
  ];
  const artefacts = Object.entries(flags.artefacts ?? {}).map(
    ([name, { digest, attestationId }]) =>
      `${name}=${digest}${attestationId === null ? '' : `@${attestationId}`}`,
  );
  return [
    ...withValue.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`])),
    ...artefacts.map((artefact) => `--artefact=${artefact}`),
    ...(flags.security === 'off' ? ['--insecure'] : []),
    ...(flags.upload === true ? ['--upload'] : []),
    ...(flags.restart === true ? ['--restart'] : []),
  ];
}

function securityArguments(security: ConnectionSecurity | undefined): (readonly [string, string])[] {
  if (security === undefined || security === 'off') return [];
  return [
    ['tls-authority', security.authorityFile],
    ['tls-certificate', security.certificateFile],
    ['tls-key', security.keyFile],
  ];
}
