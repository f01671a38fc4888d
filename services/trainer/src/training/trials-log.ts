import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonObject } from '@isthmus/proof';

/** One trained configuration, whether or not it was any good: how many were tried belongs beside every result. */
export interface Trial {
  readonly program: string;
  /** SHA-256 of the program's bundle, hexadecimal. */
  readonly programDigest: string;
  /** SHA-256 of the description of the interactions that it was trained on, hexadecimal. */
  readonly data?: string;
  /** The specification that it was planned from. */
  readonly configuration: JsonObject;
  /** Seed of the run: the number given, or the first eight digits of an attested seed. */
  readonly seed: number | string;
  /** The program's last figures that it chose by on validation. */
  readonly validation: { readonly [name: string]: number };
  /** Processor time of the training, replay not counted. */
  readonly cpuSeconds: number;
  /** SHA-256 of the model's file list, hexadecimal. */
  readonly modelDigest: string;
}

/**
 * Appends a trial to a JSON Lines file, which is made where there is none. A run that was killed after its training and
 * went on is the same trial: its line is not written twice.
 */
export async function appendTrial(path: string, trial: Trial): Promise<void> {
  const same = (other: Trial): boolean =>
    other.modelDigest === trial.modelDigest && other.seed === trial.seed;
  if ((await readTrials(path)).some(same)) return;
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(trial)}\n`);
}

/** The trials of a file, oldest first; none where there is no file. Throws an Error that names a line that is not JSON. */
export async function readTrials(path: string): Promise<Trial[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as Trial;
      } catch (cause) {
        throw new Error(`line ${index + 1} of the trials log is not JSON`, { cause });
      }
    });
}
