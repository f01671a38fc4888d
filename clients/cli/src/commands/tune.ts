import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@isthmus/proof';
import { parseSearchSpace, tuneProgram } from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { UsageError } from '../usage-error.js';
import type { Command } from './command-context.js';
import { knownProgram, readSpec } from './train.js';

/** Options of `isthmus tune`. */
export interface TuneOptions {
  /** Name of a program. */
  readonly program: string;
  readonly directory: string;
  /** JSON, or `@` and a file of it. */
  readonly space?: string;
  /** JSON file with what every configuration has. */
  readonly spec?: string;
  readonly search: 'random' | 'grid';
  readonly trials: number;
  readonly figure: string;
  readonly seed: number;
  /** Prepared data; that of the folder where absent. */
  readonly data?: string;
  readonly log?: string;
  readonly out?: string;
}

/** Searches the configurations of a program on validation; every trial is kept in a log. */
export const tune: Command<TuneOptions> = async (options, { output }) => {
  const layout = meshLayout(options.directory);
  const { best, trials } = await tuneProgram({
    program: knownProgram(options.program),
    dataFile: options.data ?? layout.dataFile,
    objectsUrl: layout.objectsUrl,
    space: await readSpace(options.space),
    base: options.spec === undefined ? {} : await readSpec(options.spec),
    search: options.search,
    trials: options.trials,
    seed: options.seed,
    figure: options.figure,
    logPath: options.log ?? join(layout.directory, 'trials.jsonl'),
    onLine: (text) => output.line(text),
  });
  if (options.out !== undefined)
    await writeFile(options.out, `${JSON.stringify(best.configuration, null, 2)}\n`);
  output.result({ best, trials: trials.length });
  return exitCode.ok;
};

async function readSpace(text: string | undefined) {
  if (text === undefined) throw new UsageError('say what is searched: --space JSON, or @FILE');
  try {
    const json = text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text;
    return parseSearchSpace(JSON.parse(json) as JsonObject);
  } catch (error) {
    throw new UsageError(`--space: ${(error as Error).message}`);
  }
}
