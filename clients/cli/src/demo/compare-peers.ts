import type { ModelEvaluation, TrainResult } from '@isthmus/trainer';
import type { DemoContext } from './demo-context.js';
import { evaluateResult } from './evaluate-result.js';
import { trainBeside } from './train-beside.js';

/** A model that nobody attested, for comparison. */
export interface Peer {
  readonly result: TrainResult;
  readonly evaluation: ModelEvaluation;
}

/** Trains and measures a peer on the same data, with a seed of our own. */
export async function trainPeer(context: DemoContext, program: string, dataFile: string): Promise<Peer> {
  return context.stopwatch.time(`peer ${program}`, async () => {
    const result = await trainBeside(context, { program, dataFile, seed: context.seed }, program);
    return { result, evaluation: await evaluateResult(context, result, dataFile) };
  });
}
