import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateSigningKey, type SigningKey, signingKeyFromPem } from '@isthmus/proof';

/**
 * Reads the prover's private key (PKCS #8, PEM), and makes one at the first use, readable by its owner only.
 * Throws `KEY_INVALID` where the file holds another kind of key.
 */
export async function openProverKey(path: string): Promise<SigningKey> {
  return signingKeyFromPem(
    (await readFile(path, 'utf8').catch(() => undefined)) ?? (await createKeyFile(path)),
  );
}

/** Two processes may start at once: the one that links its file first wins, and both read the same key. */
async function createKeyFile(path: string): Promise<string> {
  const temporary = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, generateSigningKey().privateKeyPem, { mode: 0o600 });
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(temporary);
  return readFile(path, 'utf8');
}
