import type { ObjectStore } from '@isthmus/chassis';
import { IsthmusError } from '@isthmus/client';
import { encodeFileList, parseFileList } from '@isthmus/proof';
import { type AdminPort, type LoadRequest, loadModel } from '../mesh/load-model.js';
import type { PublishedModel } from '../mesh/published-models.js';

import type { DemoContext } from './demo-context.js';

/** What a service said to a model that it did not want. */
export interface Refusal {
  /** The file that was changed; empty where the model came without its attestation. */
  readonly file: string;
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}

/** Offers an altered model and one without its attestation to a service that enforces admission, and tells what it said. */
export async function showRefusals(
  { narrator, objects }: DemoContext,
  admin: AdminPort,
  models: readonly PublishedModel[],
): Promise<{ altered: Refusal | undefined; unattested: Refusal | undefined }> {
  const model = models.find(({ service }) => service === 'retrieval')!;
  narrator.chapter('A model with one bit changed');
  const altered = await offerAlteredModel(admin, objects, model);
  const unattested = await offerUnattestedModel(admin, model);
  narrator.say(
    altered === undefined
      ? 'the altered model was let in'
      : `one bit of ${altered.file}: ${altered.code} ${altered.reason}: ${altered.message}`,
    unattested === undefined
      ? 'the model without its attestation was let in'
      : `without its attestation: ${unattested.code} ${unattested.reason}: ${unattested.message}`,
  );
  return { altered, unattested };
}

/**
 * Flips one bit of the model's largest file, stores the altered model as a model of its own with the digests that it now
 * has, keeps the honest attestation beside it, and asks for it to be loaded. Undefined where it was let in.
 */
async function offerAlteredModel(
  admin: AdminPort,
  objects: ObjectStore,
  model: PublishedModel,
): Promise<Refusal | undefined> {
  const entries = parseFileList(await objects.get(model.digest));
  const largest = entries.reduce((most, entry) => (entry.sizeBytes > most.sizeBytes ? entry : most));
  const bytes = Uint8Array.from(await objects.get(largest.sha256));
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  const sha256 = await objects.put(bytes);
  const altered = entries.map((entry) => (entry === largest ? { ...entry, sha256 } : entry));
  const digest = await objects.put(encodeFileList(altered));
  return refusalOf(admin, { ...model, version: `${model.version}-altered`, digest }, largest.name);
}

/** Asks for the honest files to be loaded without any attestation. Undefined where they were let in. */
function offerUnattestedModel(admin: AdminPort, model: PublishedModel): Promise<Refusal | undefined> {
  return refusalOf(admin, { ...model, version: `${model.version}-unattested`, bundleDigest: '' }, '');
}

async function refusalOf(admin: AdminPort, request: LoadRequest, file: string): Promise<Refusal | undefined> {
  try {
    await loadModel(admin, request);
    return undefined;
  } catch (error) {
    if (!(error instanceof IsthmusError)) throw error;
    const { code, reason, message } = error;
    return { file, code, reason, message };
  }
}
