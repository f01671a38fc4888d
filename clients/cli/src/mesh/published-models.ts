import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectStore } from '@isthmus/chassis';
import type { TrainResult } from '@isthmus/trainer';
import { bundleFileName, logProofFileName } from '@isthmus/trainer';
import type { MeshLayout } from './layout.js';

/** A model that a mesh serves. */
export interface PublishedModel {
  readonly service: 'representation' | 'retrieval';
  readonly name: string;
  readonly version: string;
  /** SHA-256 of its file list. */
  readonly digest: string;
  /** SHA-256 of the attestation bundle in the store; empty where it has none. */
  readonly bundleDigest: string;
  /** SHA-256 of the proof that the log holds the attestation; empty where it has none. */
  readonly logProofDigest: string;
  /** Id of the attestation; empty where it has none. */
  readonly attestationId: string;
  /** Folder with its files, the bundle and the log proof, as `isthmus verify` takes it. */
  readonly folder: string;
}

/** Which service serves what a program trains; programs that are not here are for comparison only. */
const services: ReadonlyMap<string, PublishedModel['service']> = new Map([
  ['ce-cdr', 'representation'],
  ['gemirec', 'retrieval'],
]);

/** The published models of a folder, oldest first; none where nothing has been published. */
export async function readPublishedModels({ modelsFile }: MeshLayout): Promise<PublishedModel[]> {
  const text = await readFile(modelsFile, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  try {
    return (JSON.parse(text) as { models: PublishedModel[] }).models;
  } catch (cause) {
    throw new Error(`${modelsFile} cannot be read: train and publish again, or remove it`, { cause });
  }
}

/**
 * Publishes what a run gave: its files in a folder of their own with bundle and log proof beside them, and a line in the
 * list that `isthmus serve` loads. Undefined where no service serves the program.
 */
export async function publishModel(
  layout: MeshLayout,
  objects: ObjectStore,
  result: TrainResult,
): Promise<PublishedModel | undefined> {
  const { program, attestation, modelDigest } = result;
  const service = services.get(program.name);
  if (service === undefined) return undefined;
  const version = modelDigest.slice(0, 12);
  const folder = join(layout.modelsDirectory, program.name, version);
  for (const { name, sha256 } of result.files) await writeInto(folder, name, await objects.get(sha256));
  if (attestation !== undefined) {
    await writeInto(folder, bundleFileName, attestation.bundle);
    if (attestation.logProof !== '') await writeInto(folder, logProofFileName, attestation.logProof);
  }
  const model: PublishedModel = {
    service,
    name: program.name,
    version,
    digest: modelDigest,
    bundleDigest: attestation?.bundleDigest ?? '',
    logProofDigest: attestation?.logProofDigest ?? '',
    attestationId: attestation?.id ?? '',
    folder,
  };
  const others = (await readPublishedModels(layout)).filter(
    (other) => other.name !== model.name || other.version !== model.version,
  );
  await replaceFile(layout.modelsFile, `${JSON.stringify({ v: 1, models: [...others, model] }, null, 2)}\n`);
  return model;
}

/** The newest model of each service: what a mesh that starts should serve. */
export function newestModels(models: readonly PublishedModel[]): PublishedModel[] {
  const newest = new Map(models.map((model) => [model.name, model]));
  // A retrieval model asks the representation service for the version that it was trained with: that one comes first.
  return [...newest.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}

async function writeInto(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function replaceFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
