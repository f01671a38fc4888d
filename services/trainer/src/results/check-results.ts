import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResultFile } from './result-file.js';
import { sourcesDigest } from './sources-digest.js';

/** A figure that has to be reached: one of the two bounds. */
export interface Bar {
  readonly at_least?: number;
  readonly at_most?: number;
  readonly unit?: string;
}

/** One bar and how the results stand to it. */
export interface BarOutcome {
  /** Part of `bars.json`, which is the name of the results file. */
  readonly part: string;
  readonly id: string;
  readonly bar: Bar;
  readonly status: 'holds' | 'fails' | 'missing';
  readonly measured?: number;
}

/** What {@link checkResults} found. */
export interface ResultsCheck {
  readonly bars: readonly BarOutcome[];
  /** Results files whose sources have changed since they were written. */
  readonly stale: readonly string[];
  /** Whether every bar is measured and holds. */
  readonly ok: boolean;
}

/**
 * Compares the results files of the checkout at `root` with `docs/results/bars.json`. A bar without a measured value
 * is missing, also where its results file has not been written yet.
 */
export async function checkResults(root: string): Promise<ResultsCheck> {
  const folder = join(root, 'docs', 'results');
  const parts = JSON.parse(await readFile(join(folder, 'bars.json'), 'utf8')) as Record<string, unknown>;
  const sources = await sourcesDigest(root);
  const bars: BarOutcome[] = [];
  const stale: string[] = [];
  for (const [part, entries] of Object.entries(parts)) {
    if (typeof entries !== 'object' || entries === null) continue;
    const file = await readResults(join(folder, `${part}.json`));
    if (file !== undefined && file.sources !== sources) stale.push(part);
    for (const [id, bar] of Object.entries(entries as Record<string, Bar>)) {
      const measured = file?.measured[id];
      if (measured === undefined) bars.push({ part, id, bar, status: 'missing' });
      else bars.push({ part, id, bar, measured, status: holds(bar, measured) ? 'holds' : 'fails' });
    }
  }
  return { bars, stale, ok: bars.every((outcome) => outcome.status === 'holds') };
}

/** The outcome as lines for a person. */
export function describeCheck(check: ResultsCheck): string[] {
  const lines = check.bars.map(({ part, id, bar, status, measured }) => {
    const bound = bar.at_least === undefined ? `at most ${bar.at_most}` : `at least ${bar.at_least}`;
    return `${status.padEnd(7)} ${part}/${id}: ${measured ?? 'not measured'} (${bound}${bar.unit ? `; ${bar.unit}` : ''})`;
  });
  const count = (status: string): number => check.bars.filter((outcome) => outcome.status === status).length;
  lines.push(`${count('holds')} hold, ${count('fails')} fail, ${count('missing')} missing`);
  for (const part of check.stale)
    lines.push(`docs/results/${part}.json is older than the code: run its command again`);
  return lines;
}

// Written so that a value that is not a number never holds.
function holds(bar: Bar, value: number): boolean {
  return (
    (bar.at_least === undefined || value >= bar.at_least) &&
    (bar.at_most === undefined || value <= bar.at_most)
  );
}

async function readResults(path: string): Promise<ResultFile | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ResultFile);
}
