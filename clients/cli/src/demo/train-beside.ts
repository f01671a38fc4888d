import type { TrainResult } from '@isthmus/trainer';
import type { DemoContext } from './demo-context.js';
import { type ProgramTraining, trainProgram } from './train-program.js';

/**
 * Trains a program that nobody attests, beside the story: its progress is told when the story comes to wait for it.
 * @param label what people call the model
 */
export function trainBeside(
  context: DemoContext,
  training: ProgramTraining,
  label: string,
): Promise<TrainResult> {
  return trainProgram(context, training, (event) => {
    if (event.event !== 'progress') return;
    const { phase, completed, total, figures } = event;
    context.lane.report({ label: `${label}, ${phase}`, completed, total, figures });
  });
}
