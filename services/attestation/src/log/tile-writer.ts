import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProgramContext } from '@isthmus/chassis';
import {
  encodeEntryBundle,
  grownTiles,
  openCheckpoint,
  type Tile,
  tileContent,
  tilePath,
} from '@isthmus/proof';
import type { AttestationContext } from '../attestation-context.js';
import { listLogEntries, treeReader } from '../store/log-store.js';
import { newestCheckpoint } from './newest-checkpoint.js';

/** How often the folder is brought up to date where nothing says that the log has grown, in milliseconds. */
const intervalMs = 2_000;

/**
 * Keeps a folder in the layout of C2SP tlog-tiles, for any client that reads such logs over plain files. The database
 * is the log; the folder follows it, and the checkpoint is replaced last, so a reader never meets a checkpoint whose
 * tiles are missing.
 */
export class TileWriter {
  readonly #context: AttestationContext;
  readonly #directory: string;
  readonly #logger: ProgramContext<unknown>['logger'];
  #timer: NodeJS.Timeout | undefined;
  #pass: Promise<void> = Promise.resolve();
  #stopWatching: () => void = () => undefined;

  constructor(context: AttestationContext, directory: string, logger: ProgramContext<unknown>['logger']) {
    this.#context = context;
    this.#directory = directory;
    this.#logger = logger;
  }

  /** Begins. */
  start(): void {
    this.#timer = setInterval(() => this.#catchUp(), intervalMs);
    this.#stopWatching = this.#context.changes.watch(() => this.#catchUp());
    this.#catchUp();
  }

  /** Writes what is missing and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopWatching();
    this.#catchUp();
    await this.#pass;
  }

  #pending = false;

  #catchUp(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#pass = this.#pass.then(async () => {
      this.#pending = false;
      try {
        await this.#write();
      } catch (error) {
        this.#logger.warn({ err: error }, 'the tiles of the log could not be written; they are tried again');
      }
    });
  }

  async #write(): Promise<void> {
    const { pool } = this.#context.database;
    const { note, treeSize } = await newestCheckpoint(pool);
    const written = await this.#writtenSize();
    if (written === treeSize) return;
    if (written !== undefined && written > treeSize) {
      throw new Error(
        `The folder holds a checkpoint of ${written} entries and the database one of ${treeSize}: entries that were published are lost`,
      );
    }
    for (const tile of grownTiles(written ?? 0n, treeSize)) {
      await this.#replace(tilePath(tile), await this.#contentOf(tile));
    }
    await this.#replace('checkpoint', Buffer.from(note, 'utf8'));
  }

  /** Size of the tree that the folder holds; undefined where it holds none of this log's. */
  async #writtenSize(): Promise<bigint | undefined> {
    const note = await readFile(join(this.#directory, 'checkpoint'), 'utf8').catch(() => undefined);
    return note === undefined ? undefined : openCheckpoint(note, this.#context.logSigner).size;
  }

  async #contentOf(tile: Tile): Promise<Uint8Array> {
    const { pool } = this.#context.database;
    if (tile.level !== 'entries') return tileContent(tile, treeReader(pool));
    const entries = await listLogEntries(pool, tile.index * 256n, tile.width);
    return encodeEntryBundle(entries.map((entry) => entry.encoded));
  }

  async #replace(path: string, content: Uint8Array): Promise<void> {
    const target = join(this.#directory, path);
    await mkdir(dirname(target), { recursive: true });
    const draft = `${target}.${randomUUID()}`;
    await writeFile(draft, content);
    await rename(draft, target);
  }
}
