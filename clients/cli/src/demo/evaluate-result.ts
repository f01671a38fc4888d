import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelEvaluation, TrainResult } from '@isthmus/trainer';
import { runTrainer } from '../mesh/run-trainer.js';
import type { DemoContext } from './demo-context.js';

/** Measures a trained model on what was cut off from its data, in a process of its own. */
export async function evaluateResult(
  { layout, signal }: DemoContext,
  result: TrainResult,
  dataFile: string,
): Promise<ModelEvaluation> {
  const modelFile = join(
    layout.directory,
    `trained-${result.program.name}-${result.modelDigest.slice(0, 12)}.json`,
  );
  await writeFile(modelFile, JSON.stringify(result));
  return runTrainer<ModelEvaluation>(
    ['evaluate', '--model', modelFile, '--data', dataFile, '--objects', layout.objectsUrl],
    signal,
  );
}
