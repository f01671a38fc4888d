import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { elementaryFunctions } from './elementary-functions.js';
import { packageRoot } from './math-check-module.js';
import type { UlpError } from './ulp-error.js';

/** What a check found of one function. */
export interface FunctionResult {
  readonly name: string;
  readonly ulpBound: number;
  readonly error: UlpError;
  readonly nanosecondsAnElement: number;
}

/**
 * Writes `docs/results/elementary-functions.json`, in the form of the other results files.
 * @param sources SHA-256 of the WebAssembly module that was checked, which is a function of its sources
 */
export async function writeFunctionResults(
  results: readonly FunctionResult[],
  sources: string,
): Promise<void> {
  const root = join(packageRoot, '..', '..');
  const order = elementaryFunctions.map(({ name }) => name);
  const rows = [...results]
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map(({ name, ulpBound, error, nanosecondsAnElement }) => ({
      function: name,
      'inputs compared': error.inputs,
      'documented bound, ulp': ulpBound,
      'largest error, ulp': error.largestUlp,
      'at input': error.ulpInput,
      'largest distance from the correctly rounded, float32 steps': error.largestSteps,
      'distance at input': error.stepsInput,
      'correctly rounded, share': error.correctlyRounded / error.inputs,
      'ns an element, one thread': Number(nanosecondsAnElement.toFixed(3)),
    }));
  const file = {
    command: 'npm run check:ulp',
    commit: await commitOf(root),
    sources,
    date: new Date().toISOString(),
    machine: describeMachine(),
    node: process.version,
    seeds: [],
    rows,
    measured: {},
  };
  const path = join(root, 'docs', 'results', 'elementary-functions.json');
  await writeFile(path, `${JSON.stringify(file, null, 2)}\n`);
}

function describeMachine(): string {
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
