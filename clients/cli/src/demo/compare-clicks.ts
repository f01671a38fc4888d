import { join } from 'node:path';
import type { ModelEvaluation } from '@isthmus/trainer';
import { runTrainer } from '../mesh/run-trainer.js';
import type { DemoContext } from './demo-context.js';
import type { DemoOptions } from './demo-options.js';
import { evaluateResult } from './evaluate-result.js';
import type { DemoData } from './prepare-demo-data.js';
import { trainBeside } from './train-beside.js';

/** AUC of the two click heads, mean over seeds, on what happened after a moment in time. */
export interface ClickComparison {
  readonly representation: number;
  readonly targetOnly: number;
  readonly seeds: readonly number[];
  readonly bySeed: readonly {
    readonly seed: number;
    readonly representation: number;
    readonly targetOnly: number;
  }[];
}

/** Seeds that the comparison is a mean of. */
const SEEDS = 3;

/**
 * Does knowing the source domain help to predict clicks? Trains the click model on the first 90 % of the time and measures
 * both of its heads on the rest, once for each seed.
 */
export async function compareClicks(
  context: DemoContext,
  options: DemoOptions,
  { prepared }: DemoData,
): Promise<ClickComparison> {
  const { layout, seed, signal, stopwatch } = context;
  const dataFile = join(layout.directory, 'data-by-time.json');
  await runTrainer(
    [
      'prepare',
      ...(options.data === undefined ? ['--simulator'] : [options.data, '--salt-file', layout.saltFile]),
      ...['--split', 'time', '--seed', String(seed), '--objects', layout.objectsUrl, '--out', dataFile],
      ...['--source-domain', prepared.sourceDomain, '--target-domain', prepared.targetDomain],
    ],
    signal,
  );
  const bySeed = [];
  for (let offset = 0; offset < SEEDS; offset += 1) {
    const own = seed + offset;
    bySeed.push(
      await stopwatch.time(`clicks seed ${own}`, async () => {
        const training = { program: 'ce-cdr', dataFile, seed: own };
        const result = await trainBeside(context, training, `click model, seed ${own}`);
        return { seed: own, ...aucsOf(await evaluateResult(context, result, dataFile)) };
      }),
    );
  }
  return {
    representation: mean(bySeed.map(({ representation }) => representation)),
    targetOnly: mean(bySeed.map(({ targetOnly }) => targetOnly)),
    seeds: bySeed.map((row) => row.seed),
    bySeed,
  };
}

function aucsOf({ clicks }: ModelEvaluation): { representation: number; targetOnly: number } {
  const { withRepresentation, targetOnly } = clicks;
  if (withRepresentation === undefined || targetOnly === undefined)
    throw new Error('the click model has not the heads withRepresentation and targetOnly');
  return { representation: withRepresentation.auc, targetOnly: targetOnly.auc };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
