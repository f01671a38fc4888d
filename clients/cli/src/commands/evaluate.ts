import { writeFile } from 'node:fs/promises';
import {
  compareRetrievalRuns,
  comparisonLines,
  openUserSalt,
  progressDisplay,
  type RetrievalRun,
} from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { UsageError } from '../usage-error.js';
import type { Command } from './command-context.js';

/** Options of `isthmus evaluate retrieval`. */
export interface EvaluateRetrievalOptions {
  readonly directory: string;
  /** Prepared data; that of the folder where absent. */
  readonly data?: string;
  /** `[name=]file` of results of trainings. */
  readonly model?: readonly string[];
  /** `[name=]file` of ranked lists. */
  readonly lists?: readonly string[];
  readonly baseline?: string;
  readonly seed?: number;
  readonly out?: string;
}

/** Compares models of retrieval, and ranked lists of others, on what was held out. */
export const evaluateRetrieval: Command<EvaluateRetrievalOptions> = async (options, { output }) => {
  const layout = meshLayout(options.directory);
  const runs = [
    ...(options.model ?? []).map((text) => runOf(text, false)),
    ...(options.lists ?? []).map((text) => runOf(text, true)),
  ];
  if (runs.length === 0) throw new UsageError('name a run with --model or --lists');
  const progress = progressDisplay(process.stderr, () => performance.now());
  const { comparisons } = await compareRetrievalRuns({
    objectsUrl: layout.objectsUrl,
    dataFile: options.data ?? layout.dataFile,
    runs,
    salt: () => openUserSalt(layout.saltFile),
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    onProgress: (text) => progress.line(text),
  });
  progress.end();
  for (const comparison of comparisons) for (const line of comparisonLines(comparison)) output.line(line);
  if (options.out !== undefined)
    await writeFile(options.out, `${JSON.stringify({ comparisons }, null, 2)}\n`);
  output.result({ comparisons });
  return exitCode.ok;
};

function runOf(text: string, lists: boolean): RetrievalRun {
  const [, name, path] = /^([A-Za-z0-9][\w .+-]*)=(.+)$/.exec(text) ?? [];
  return name === undefined || path === undefined ? { path: text, lists } : { name, path, lists };
}
