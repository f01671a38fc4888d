import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const SALT_BYTES = 32;

/**
 * The secret that user names are hashed with, from a file that only its owner can read; made at the first use. Whoever
 * has the file can find a user by name in the committed data, so deleting it makes the ids meaningless for good.
 */
export async function openUserSalt(path: string): Promise<Uint8Array> {
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) return decode(kept, path);
  await mkdir(dirname(path), { recursive: true });
  const text = randomBytes(SALT_BYTES).toString('hex');
  // Two processes may start at once: the one that creates the file first wins.
  await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return decode(await readFile(path), path);
}

function decode(content: Buffer, path: string): Uint8Array {
  const salt = new Uint8Array(Buffer.from(content.toString('utf8').trim(), 'hex'));
  if (salt.length !== SALT_BYTES)
    throw new Error(`${path} does not hold a salt of ${SALT_BYTES} bytes in hexadecimal`);
  return salt;
}
