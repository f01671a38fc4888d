import { randomUUID } from 'node:crypto';
import { chmod, link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  formatVerifierKey,
  generateNoteSigner,
  generateSigningKey,
  type NoteSigner,
  noteSignerFromPem,
  type SigningKey,
  signingKeyFromPem,
} from '@isthmus/proof';

/** The two keys of the service. */
export interface ServiceKeys {
  /** Signs attestations: ECDSA P-256. */
  readonly signingKey: SigningKey;
  /** Signs checkpoints of the log: Ed25519. */
  readonly logSigner: NoteSigner;
}

/** Where the keys are. */
export interface ServiceKeyFiles {
  /** Folder where missing keys are made. */
  readonly directory: string;
  /** PKCS #8 PEM of the attestation key; empty for the one in the folder. */
  readonly attestationFile: string;
  /** PKCS #8 PEM of the log's key; empty for the one in the folder. */
  readonly logFile: string;
  /** Origin of the log: the name of its key. */
  readonly logOrigin: string;
}

/**
 * Reads the keys, and makes those that are missing, readable by their owner only. A key that was configured by its path
 * must exist. Several programs that start at once in one folder agree on the same keys.
 */
export async function openServiceKeys(files: ServiceKeyFiles): Promise<ServiceKeys> {
  const attestationPem =
    files.attestationFile === ''
      ? await readOrMake(
          join(files.directory, 'attestation-key.pem'),
          () => generateSigningKey().privateKeyPem,
        )
      : await readFile(files.attestationFile, 'utf8');
  const logPem =
    files.logFile === ''
      ? await readOrMake(
          join(files.directory, 'log-key.pem'),
          () => generateNoteSigner(files.logOrigin).privateKeyPem,
        )
      : await readFile(files.logFile, 'utf8');
  return {
    signingKey: signingKeyFromPem(attestationPem),
    logSigner: noteSignerFromPem(files.logOrigin, logPem),
  };
}

/** Writes `trust.json`: what the other programs need to check attestations of this service. Holds no secret. */
export async function writeTrust(directory: string, { signingKey, logSigner }: ServiceKeys): Promise<string> {
  const path = join(directory, 'trust.json');
  const trust = {
    version: 1,
    attestationKeys: [signingKey.publicKeyPem],
    logVerifierKey: formatVerifierKey(logSigner),
    minimumAssurance: 'L3_FULL',
    requireOnline: true,
  };
  await replaceFile(path, `${JSON.stringify(trust, null, 2)}\n`, 0o644);
  return path;
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (known !== undefined) return known;
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, make(), 0o600);
  try {
    // A link fails where the name is taken: the first of several makers wins, and never with half a file.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, content, mode);
  await rename(draft, path);
}

async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, mode);
}
