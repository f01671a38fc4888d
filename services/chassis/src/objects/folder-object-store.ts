import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  digestMismatch,
  objectNotFound,
  objectTooLarge,
  requireContent,
  requireDigest,
  sha256Hex,
} from './object-digest.js';
import type { ObjectStore } from './object-store.js';

/**
 * Objects as files of a folder, `<first two digits>/<digest>`. A write goes to a temporary file, is flushed, and is then
 * renamed, so a reader meets the whole object or none, and a crash leaves at most a file in `incoming/`.
 */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string;

  /** @param folder is created on the first write */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Hex(bytes);
    if (await this.has(sha256)) return sha256;
    await this.#write(sha256, async (file) => {
      await file.writeFile(bytes);
    });
    return sha256;
  }

  async putStream(
    expectedSha256: string,
    chunks: AsyncIterable<Uint8Array>,
    limitBytes: number,
  ): Promise<number> {
    requireDigest(expectedSha256);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    await this.#write(expectedSha256, async (file) => {
      for await (const chunk of chunks) {
        sizeBytes += chunk.length;
        if (sizeBytes > limitBytes) throw objectTooLarge(limitBytes);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      const actual = hash.digest('hex');
      if (actual !== expectedSha256) throw digestMismatch(expectedSha256, actual);
    });
    return sizeBytes;
  }

  async get(sha256: string): Promise<Uint8Array> {
    try {
      const bytes = await readFile(this.#path(sha256));
      return requireContent(sha256, bytes);
    } catch (error) {
      throw isMissing(error) ? objectNotFound(sha256, error) : error;
    }
  }

  async has(sha256: string): Promise<boolean> {
    try {
      await stat(this.#path(sha256));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async size(sha256: string): Promise<number> {
    try {
      return (await stat(this.#path(sha256))).size;
    } catch (error) {
      throw isMissing(error) ? objectNotFound(sha256, error) : error;
    }
  }

  async delete(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true });
  }

  #path(sha256: string): string {
    return join(this.#folder, requireDigest(sha256).slice(0, 2), sha256);
  }

  /** Fills a temporary file and moves it to its place; removes it where filling fails. */
  async #write(sha256: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const target = this.#path(sha256);
    const temporary = join(this.#folder, 'incoming', randomUUID());
    await mkdir(dirname(temporary), { recursive: true });
    await mkdir(dirname(target), { recursive: true });
    try {
      const file = await open(temporary, 'wx', 0o644);
      try {
        await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(target));
  }
}

/** Flushes the entry of a renamed file, without which the rename itself may be lost in a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
