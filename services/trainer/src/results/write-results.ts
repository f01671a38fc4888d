import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderResults } from './render-results.js';
import type { ResultFile, ResultReport } from './result-file.js';
import { sourcesDigest } from './sources-digest.js';

/**
 * Writes `docs/results/NAME.json` and the page made from it, `docs/results/NAME.md`, in the checkout at `root`.
 * Throws where a measured value is not finite: a bar cannot be compared with it.
 */
export async function writeResults(
  root: string,
  report: ResultReport,
  now: Date = new Date(),
): Promise<ResultFile> {
  for (const [id, value] of Object.entries(report.measured)) {
    if (!Number.isFinite(value))
      throw new RangeError(`the measured value of '${id}' is ${value}, not a finite number`);
  }
  const file: ResultFile = {
    command: report.command,
    commit: await commitOf(root),
    sources: await sourcesDigest(root),
    date: now.toISOString(),
    machine: describeMachine(),
    node: process.version,
    seeds: report.seeds,
    rows: report.rows,
    measured: report.measured,
  };
  const folder = join(root, 'docs', 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${report.name}.json`), `${JSON.stringify(file, null, 2)}\n`);
  await writeFile(join(folder, `${report.name}.md`), renderResults(report, file));
  return file;
}

/** Processor, number of processors that this process may use, memory and system, in one line. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} processors, ${memoryGiB} GiB, ${platform()} ${release()}`;
}

async function commitOf(root: string): Promise<string> {
  const run = promisify(execFile);
  return run('git', ['rev-parse', 'HEAD'], { cwd: root }).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
}
