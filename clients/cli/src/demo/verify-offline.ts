import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedModel } from '../mesh/published-models.js';
import { verifyModelFolder } from '../verification/verify-model-folder.js';
import type { DemoContext } from './demo-context.js';

/** Checks the published folder as anybody could, with the public keys alone, and a copy of it with one byte changed. */
export async function verifyOffline(
  { layout, narrator }: DemoContext,
  { folder, name }: PublishedModel,
): Promise<boolean> {
  narrator.chapter('The same check, offline');
  const honest = await verifyModelFolder({ folder, trustFile: layout.trustFile });
  if (honest.verified)
    narrator.say(
      `${name}: ${honest.files} files, the signature and the place in the log hold (${honest.attestation.assurance}, ${honest.attestation.mode})`,
      `it does not claim: ${honest.attestation.statement.predicate.nonClaims.map((claim) => claim.toLowerCase().replaceAll('_', ' ')).join(', ')}`,
    );
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  const path = join(copy, 'model.json');
  const bytes = await readFile(path);
  bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const altered = await verifyModelFolder({ folder: copy, trustFile: layout.trustFile });
  await rm(copy, { recursive: true });
  if (!altered.verified)
    narrator.say(`a copy with one bit of model.json changed: ${altered.code}, ${altered.message}`);
  return honest.verified && !altered.verified;
}
