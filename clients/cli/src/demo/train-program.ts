import { spawnTraining, type TrainingEvent, type TrainingFlags, type TrainResult } from '@isthmus/trainer';
import type { DemoContext } from './demo-context.js';

/** What is trained on what; the store is the mesh's. */
export type ProgramTraining = Omit<TrainingFlags, 'objectsUrl' | 'keyFile' | 'security'>;

/** Trains a program in a process of its own, which Ctrl-C ends. */
export async function trainProgram(
  { layout, mesh, signal }: DemoContext,
  training: ProgramTraining,
  onEvent: (event: TrainingEvent) => void = () => {},
): Promise<TrainResult> {
  signal.throwIfAborted();
  const child = spawnTraining(
    {
      ...training,
      objectsUrl: layout.objectsUrl,
      keyFile: layout.proverKeyFile,
      security: mesh.security('prover'),
    },
    onEvent,
  );
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await child.result;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
