import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  encodeBundle,
  encodeStatement,
  generateSigningKey,
  type ProofOfLearning,
  signEnvelope,
  statementPayloadType,
} from '@isthmus/proof';
import { bundleFileName, modelFiles } from '@isthmus/trainer';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyModelFolder } from './verify-model-folder.js';

/** The statement of a golden run: what it says of the run is of no matter here. */
const golden = fileURLToPath(
  new URL('../../../../services/proof/golden/v1/attestation.json', import.meta.url),
);

describe('verifyModelFolder', () => {
  const key = generateSigningKey();
  let folder: string;
  let trustFile: string;

  const writeTrust = (changes: object = {}) =>
    writeFile(
      trustFile,
      JSON.stringify({
        version: 1,
        attestationKeys: [key.publicKeyPem],
        minimumAssurance: 'L3_FULL',
        requireOnline: true,
        ...changes,
      }),
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-model-'));
    trustFile = `${folder}.trust.json`;
    await writeFile(join(folder, 'model.json'), '{"dim":8}');
    await writeFile(join(folder, 'tensors.bin'), new Uint8Array([1, 2, 3]));
    const { statement } = JSON.parse(await readFile(golden, 'utf8')) as { statement: string };
    const { predicate } = JSON.parse(statement) as { predicate: ProofOfLearning };
    const payload = encodeStatement(await modelFiles(folder), predicate);
    await writeFile(
      join(folder, bundleFileName),
      encodeBundle(signEnvelope(statementPayloadType, payload, key)),
    );
    await writeTrust();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(trustFile);
  });

  it('finds that the files are what was attested', async () => {
    const verdict = await verifyModelFolder({ folder, trustFile });
    expect(verdict).toMatchObject({
      verified: true,
      files: 2,
      attestation: { assurance: 'L3_FULL', mode: 'ONLINE' },
    });
  });

  it.each([
    ['a changed file', () => writeFile(join(folder, 'tensors.bin'), new Uint8Array([1, 2, 2]))],
    ['a missing file', () => rm(join(folder, 'tensors.bin'))],
    ['a file too many', () => writeFile(join(folder, 'more.bin'), '')],
  ])('refuses %s', async (_, change) => {
    await change();
    expect(await verifyModelFolder({ folder, trustFile })).toMatchObject({
      verified: false,
      code: 'SUBJECT_MISMATCH',
    });
  });

  it('refuses a signature of somebody who is not trusted', async () => {
    await writeTrust({ attestationKeys: [generateSigningKey().publicKeyPem] });
    expect(await verifyModelFolder({ folder, trustFile })).toMatchObject({
      verified: false,
      code: 'KEY_UNKNOWN',
    });
  });

  it('asks for a log proof where the trust file names a log', async () => {
    const { logVerifierKey } = await goldenLog();
    await writeTrust({ logVerifierKey });
    expect(await verifyModelFolder({ folder, trustFile })).toMatchObject({
      verified: false,
      code: 'POLICY_LOG_PROOF',
    });
  });

  it.each([
    ['another version', { version: 2 }, 'version'],
    ['keys that are none', { attestationKeys: 'all' }, 'attestationKeys'],
    ['an unknown level', { minimumAssurance: 'L9' }, 'minimumAssurance'],
  ])('names what is wrong in a trust file with %s', async (_, changes, member) => {
    await writeTrust(changes);
    await expect(verifyModelFolder({ folder, trustFile })).rejects.toThrow(member);
  });
});

async function goldenLog(): Promise<{ logVerifierKey: string }> {
  const path = fileURLToPath(new URL('../../../../services/proof/golden/v1/log.json', import.meta.url));
  const { verifierKey } = JSON.parse(await readFile(path, 'utf8')) as { verifierKey: string };
  return { logVerifierKey: verifierKey };
}
