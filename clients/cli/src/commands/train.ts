import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openObjectStore, type SecurityFlags } from '@isthmus/chassis';
import type { JsonObject, ManifestArtefact } from '@isthmus/proof';
import {
  programNames,
  progressDisplay,
  spawnTraining,
  type TrainingEvent,
  type TrainResult,
} from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { type MeshLayout, meshLayout } from '../mesh/layout.js';
import { commandSecurity } from '../mesh/protection.js';
import { type PublishedModel, publishModel, readPublishedModels } from '../mesh/published-models.js';
import { UsageError } from '../usage-error.js';
import type { Command } from './command-context.js';

/** Options of `isthmus train`. */
export interface TrainOptions extends SecurityFlags {
  /** Name of a program. */
  readonly program: string;
  readonly directory: string;
  /** Prepared data; that of the folder where absent. */
  readonly data?: string;
  /** JSON file with choices of the program. */
  readonly spec?: string;
  readonly seed?: number;
  /** `host:port` of the attestation service. */
  readonly attestation?: string;
  /** `name=digest` or `name=digest@attestation`. */
  readonly artefact?: readonly string[];
  /** File that the whole result is written to. */
  readonly out?: string;
  readonly restart?: boolean;
}

/** Trains a program on prepared data and publishes the model. Exit code 3 where the replay rejects the run. */
export const train: Command<TrainOptions> = async (options, { output, signal }) => {
  const layout = meshLayout(options.directory);
  const { program, seed, attestation } = options;
  if (seed === undefined && attestation === undefined)
    throw new UsageError(
      'say --attestation HOST:PORT to have the run proved, or --seed N to train without proof',
    );
  const progress = progressDisplay(process.stderr, () => performance.now());
  const spec = options.spec === undefined ? undefined : await readSpec(options.spec);
  const child = spawnTraining(
    {
      program: knownProgram(program),
      dataFile: options.data ?? layout.dataFile,
      objectsUrl: layout.objectsUrl,
      keyFile: layout.proverKeyFile,
      checkpointDirectory: join(layout.runsDirectory, program),
      artefacts: await artefactsOf(options, layout),
      restart: options.restart === true,
      ...(spec === undefined ? {} : { spec }),
      ...(seed === undefined ? {} : { seed }),
      ...(attestation === undefined
        ? {}
        : { attestation, security: commandSecurity(options, layout.certificatesDirectory, 'prover') }),
    },
    (event) => showEvent(progress, event),
  );
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  const result = await child.result.finally(() => {
    signal.removeEventListener('abort', stop);
    progress.end();
  });
  if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(result, null, 2)}\n`);
  if (result.verdict !== undefined && result.verdict.state !== 'ATTESTED') {
    const { state, failureClass, failure } = result.verdict;
    output.line(`${state.toLowerCase()}: ${failureClass} ${failure}`);
    output.result({ ...summaryOf(result), published: null });
    return exitCode.rejected;
  }
  const model = await publishModel(layout, openObjectStore(layout.objectsUrl), result);
  for (const line of resultLines(result, model)) output.line(line);
  output.result({ ...summaryOf(result), published: model ?? null });
  return exitCode.ok;
};

/** The name of a program, or a `UsageError` that lists them. */
export function knownProgram(name: string): string {
  if (programNames.includes(name)) return name;
  throw new UsageError(`there is no program '${name}'; known are ${programNames.join(', ')}`);
}

/** The specification in a JSON file. */
export async function readSpec(path: string): Promise<JsonObject> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`--spec: ${path} cannot be read as JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`--spec: ${path} must hold one JSON object, for example {"epochs": 2}`);
  return value as JsonObject;
}

/** What is named, or for `gemirec` the representation model that was published last. */
async function artefactsOf(
  { program, artefact }: TrainOptions,
  layout: MeshLayout,
): Promise<{ [name: string]: ManifestArtefact }> {
  if (artefact !== undefined) return Object.fromEntries(artefact.map(parseArtefact));
  const published = program === 'gemirec' ? await readPublishedModels(layout) : [];
  const latest = published.findLast(({ service }) => service === 'representation');
  if (latest === undefined) return {};
  return { representation: { digest: latest.digest, attestationId: latest.attestationId || null } };
}

function parseArtefact(text: string): [string, ManifestArtefact] {
  const [, name, digest, attestationId] =
    /^([a-z0-9._-]+)=([0-9a-f]{64})(?:@([0-9a-f]{64}))?$/.exec(text) ?? [];
  if (name === undefined || digest === undefined)
    throw new UsageError(`--artefact ${text}: write name=digest or name=digest@attestation`);
  return [name, { digest, attestationId: attestationId ?? null }];
}

function showEvent(progress: ReturnType<typeof progressDisplay>, event: TrainingEvent): void {
  if (event.event === 'progress') progress.update({ ...event, label: event.phase });
  else if (event.event === 'resumed') progress.line(`going on after ${event.segment} segments`);
  else if (event.event === 'replay')
    progress.update({
      label: `replay, ${event.state.toLowerCase()}`,
      completed: event.replayed,
      total: event.total,
    });
}

function summaryOf({ curve, timings, attestation, ...rest }: TrainResult) {
  if (attestation === undefined) return rest;
  const { id, bundleDigest, logIndex } = attestation;
  return { ...rest, attestation: { id, bundleDigest, logIndex } };
}

function resultLines(result: TrainResult, model: PublishedModel | undefined): string[] {
  const { verdict, attestation } = result;
  return [
    `${result.program.name}: ${result.steps} steps in ${result.segments} segments, ${(result.trainMs / 1000).toFixed(1)} s`,
    `model ${result.modelDigest}`,
    ...(verdict === undefined || attestation === undefined
      ? ['not attested: a server with admission `enforce` will refuse it']
      : [
          `${verdict.level}, ${result.mode}: ${verdict.replayedSegments} of ${verdict.totalSegments} segments replayed; attestation ${attestation.id}`,
        ]),
    ...(model === undefined
      ? []
      : [
          `published in ${model.folder}; isthmus serve loads it at its next start`,
          `to a mesh that runs: isthmus publish ${model.name}@${model.version} --to HOST:PORT --label stable`,
          `check it: isthmus verify ${model.folder}`,
        ]),
  ];
}
