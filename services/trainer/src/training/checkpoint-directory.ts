import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What identifies a run, written before its first step. */
export interface RunRecord {
  readonly v: 1;
  /** The manifest, canonical JSON. */
  readonly manifest: string;
  /** Seed, 32 bytes in hexadecimal; absent until it has been drawn. */
  readonly seed?: string;
  /** Makes StartRun harmless to repeat: a run that goes on gets its own seed again. */
  readonly requestId: string;
}

/** A finished segment, from which training can go on. Hashes are hexadecimal. */
export interface SegmentRecord {
  /** Index, from 0. */
  readonly segment: number;
  /** Steps inside the segment. */
  readonly steps: number;
  readonly stateHash: string;
  readonly readsDigest: string;
  readonly chain: string;
  /** SHA-256 of the encoded state after the segment: its key in the store of states. Absent where it is not kept. */
  readonly stateObject?: string;
  /** Hash of the first state; with segment 0 only. */
  readonly initialStateHash?: string;
  /** Time that the steps took, in milliseconds. */
  readonly trainMs: number;
  /** Processor time of the segment, all threads, in milliseconds. */
  readonly cpuMs: number;
  /** Time that encoding and hashing took, in milliseconds. */
  readonly recordMs: number;
}

/**
 * The durable memory of a run: `run.json` says which run it is, `segments.jsonl` has a line for each finished segment,
 * flushed before anybody is told of the segment. The states themselves are objects of a store.
 */
export class CheckpointDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The run that is kept here; undefined where there is none. */
  async run(): Promise<RunRecord | undefined> {
    const text = await this.#read('run.json');
    return text === undefined ? undefined : (JSON.parse(text) as RunRecord);
  }

  /** Replaces the record of the run, all at once. */
  async writeRun(record: RunRecord): Promise<void> {
    await this.#replace('run.json', JSON.stringify(record));
  }

  /**
   * The finished segments in order. A line that was cut off by a crash is removed, so that the next one does not join
   * it; its segment is trained again.
   */
  async segments(): Promise<SegmentRecord[]> {
    const text = (await this.#read('segments.jsonl')) ?? '';
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    if (complete !== text) await this.#replace('segments.jsonl', complete);
    return complete
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SegmentRecord);
  }

  /** Adds a finished segment and flushes it. */
  async appendSegment(record: SegmentRecord): Promise<void> {
    await mkdir(this.#path, { recursive: true });
    const file = await open(join(this.#path, 'segments.jsonl'), 'a');
    try {
      await file.writeFile(`${JSON.stringify(record)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Forgets the run. */
  async clear(): Promise<void> {
    for (const name of ['segments.jsonl', 'curve.jsonl', 'run.json'])
      await rm(join(this.#path, name), { force: true });
  }

  async #read(name: string): Promise<string | undefined> {
    return readFile(join(this.#path, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  async #replace(name: string, text: string): Promise<void> {
    await mkdir(this.#path, { recursive: true });
    const temporary = join(this.#path, `${name}.new`);
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.#path, name));
  }
}
