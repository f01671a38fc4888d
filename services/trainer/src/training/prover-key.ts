import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The key pair of a prover: ECDSA on P-256. */
export interface ProverKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Signs with SHA-256; DER encoded signature. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * Reads the prover's private key (PKCS #8, PEM), and makes one at the first use, readable by its owner only.
 * Throws an Error where the file holds another kind of key.
 */
export async function openProverKey(path: string): Promise<ProverKey> {
  const pem = (await readFile(path, 'utf8').catch(() => undefined)) ?? (await createKeyFile(path));
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error(`${path} does not hold an ECDSA key on P-256; remove it to have one made`);
  return proverKey(privateKey);
}

function proverKey(privateKey: KeyObject): ProverKey {
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { publicKey, sign: (bytes) => new Uint8Array(sign('sha256', bytes, privateKey)) };
}

/** Two processes may start at once: the one that links its file first wins, and both read the same key. */
async function createKeyFile(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const temporary = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(temporary);
  return readFile(path, 'utf8');
}
