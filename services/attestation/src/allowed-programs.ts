import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@isthmus/chassis';
import { sha256Hex } from '@isthmus/proof';

/** Shortest time between two looks into the folders, in milliseconds: whoever asks for unknown programs causes no work. */
const lookIntervalMs = 1_000;

/** The training programs that may be run: those listed by digest, and every `*.mjs` file of some folders. */
export class AllowedPrograms {
  readonly #digests: readonly string[];
  readonly #directories: readonly string[];
  readonly #clock: Clock;
  #known: ReadonlySet<string> = new Set();
  #lookedAtMs = 0;

  private constructor(digests: readonly string[], directories: readonly string[], clock: Clock) {
    this.#digests = digests;
    this.#directories = directories;
    this.#clock = clock;
  }

  /** Reads the folders. Throws an Error that names a folder that cannot be read. */
  static async open(
    digests: readonly string[],
    directories: readonly string[],
    clock: Clock,
  ): Promise<AllowedPrograms> {
    const programs = new AllowedPrograms(digests, directories, clock);
    await programs.#look();
    return programs;
  }

  /** Digests of the allowed programs. Where `digest` is not among them the folders are read again: it may be new. */
  async including(digest: string): Promise<ReadonlySet<string>> {
    const isDue = this.#clock.monotonic() - this.#lookedAtMs >= lookIntervalMs;
    if (!this.#known.has(digest) && this.#directories.length > 0 && isDue) await this.#look();
    return this.#known;
  }

  async #look(): Promise<void> {
    this.#lookedAtMs = this.#clock.monotonic();
    const found = new Set(this.#digests);
    for (const directory of this.#directories) {
      const names = await readdir(directory).catch((cause: unknown) => {
        throw new Error(
          `The folder ${directory} of programs.directories cannot be read. Build the programs first.`,
          { cause },
        );
      });
      for (const name of names.filter((name) => name.endsWith('.mjs'))) {
        found.add(sha256Hex(await readFile(join(directory, name))));
      }
    }
    this.#known = found;
  }
}
