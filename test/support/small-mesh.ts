import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openObjectStore } from '@isthmus/chassis';
import { smallSimulation } from '@isthmus/learning';
import { type PreparedData, prepareData, spawnTraining, type TrainResult } from '@isthmus/trainer';
import { ProgramProcess } from './program-process.js';
import { runDirectory } from './run-directory.js';
import { ceCdrSpec, gemirecSpec } from './small-specifications.js';

/** What the suites share: data, an attestation service's folder, and two attested models. Read only. */
export interface SmallMesh {
  /** Content-addressed store of everything below. */
  readonly objectsUrl: string;
  /** `--data.directory` of the attestation service that attested the models; it has been stopped. */
  readonly attestationDirectory: string;
  /** Whom to trust. */
  readonly trustFile: string;
  /** File of the prepared data, as trainings take it. */
  readonly dataFile: string;
  readonly prepared: PreparedData;
  /** Manifest of the run that gave the representation model, canonical JSON. */
  readonly manifest: string;
  /** Attested ONLINE, every segment replayed. */
  readonly representation: TrainResult;
  readonly retrieval: TrainResult;
}

/** Longest wait for another suite that makes the mesh. */
const PATIENCE_MS = 600_000;

/** Folders whose programs the attestation service may run. */
export const programDirectories = ['representation', 'retrieval']
  .map((service) => fileURLToPath(new URL(`../../services/${service}/dist/programs`, import.meta.url)))
  .join(',');

/** The mesh of this test run. The first suite that asks makes it, in 20 to 40 seconds; the others wait for it. */
export async function smallMesh(): Promise<SmallMesh> {
  const folder = join(runDirectory(), 'small-mesh');
  const done = join(folder, 'mesh.json');
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst)
    await makeMesh(folder).then(
      (mesh) => keep(done, mesh),
      (error) => keep(done, { failed: String(error) }),
    );
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 200) {
    const text = await readFile(done, 'utf8').catch(() => undefined);
    if (text === undefined) {
      await sleep(200);
      continue;
    }
    const made = JSON.parse(text) as SmallMesh | { readonly failed: string };
    if ('failed' in made) throw new Error(`the small mesh could not be made: ${made.failed}`);
    return made;
  }
  throw new Error(`the small mesh was not made within ${PATIENCE_MS / 1000} s`);
}

async function makeMesh(folder: string): Promise<SmallMesh> {
  const attestationDirectory = join(folder, 'attestation');
  const objectsUrl = pathToFileURL(join(folder, 'objects')).href;
  const dataFile = join(folder, 'data.json');
  const starting = ProgramProcess.start('attestation', {
    'data.directory': attestationDirectory,
    'objects.url': objectsUrl,
    'programs.directories': programDirectories,
    'server.drainDelayMs': 0,
  });
  const prepared = await prepareData({
    source: { kind: 'simulator', parameters: smallSimulation },
    split: 'mesh',
    seed: 1,
    objects: openObjectStore(objectsUrl),
  });
  await writeFile(dataFile, JSON.stringify(prepared));
  const attestation = await starting;
  try {
    const common = {
      dataFile,
      objectsUrl,
      attestation: attestation.address,
      security: 'off' as const,
      keyFile: join(folder, 'prover-key.pem'),
    };
    const checkpointDirectory = join(folder, 'representation-run');
    const representation = await attested(
      spawnTraining({ ...common, program: 'ce-cdr', spec: ceCdrSpec, checkpointDirectory }).result,
    );
    const run = JSON.parse(await readFile(join(checkpointDirectory, 'run.json'), 'utf8'));
    const { modelDigest: digest } = representation;
    const artefacts = {
      representation: { digest, attestationId: representation.attestation?.id ?? null },
    };
    const retrieval = await attested(
      spawnTraining({ ...common, program: 'gemirec', spec: gemirecSpec, artefacts }).result,
    );
    const trustFile = join(attestationDirectory, 'trust.json');
    return {
      objectsUrl,
      attestationDirectory,
      trustFile,
      dataFile,
      prepared,
      manifest: run.manifest,
      representation,
      retrieval,
    };
  } finally {
    await attestation.stop();
  }
}

async function attested(training: Promise<TrainResult>): Promise<TrainResult> {
  const result = await training;
  if (result.verdict?.state !== 'ATTESTED')
    throw new Error(`${result.program.name} was not attested: ${JSON.stringify(result.verdict)}`);
  return result;
}

/** Written whole or not at all, since others wait for it. */
async function keep(path: string, content: unknown): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(content));
  await rename(`${path}.new`, path);
}
