import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnEvaluation } from '../evaluation/spawn-evaluation.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { spawnTraining } from '../training/spawn-training.js';
import type { TrainingEvent, TrainResult } from '../training/training-event.js';
import { type StudyTask, specOf } from './study-definition.js';
import type { StudyEntry } from './study-entry.js';
import type { StudyPlace } from './study-place.js';

/** What {@link runTask} needs beside the task. */
export interface RunTaskOptions {
  readonly key: string;
  readonly place: StudyPlace;
  /** The program's bundle. */
  readonly bundleFile: string;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/**
 * Trains and evaluates, each in a process of its own, and keeps the result. A training that was stopped goes on from its
 * checkpoints; once it is evaluated they are removed.
 */
export async function runTask(task: StudyTask, options: RunTaskOptions): Promise<StudyEntry> {
  const { key, place, signal } = options;
  const dataFile = place.dataFile(task.row.name);
  const training = spawnTraining(
    {
      program: options.bundleFile,
      dataFile,
      objectsUrl: place.objectsUrl,
      spec: specOf(task.program, task.row),
      seed: task.seed,
      checkpointDirectory: place.runFolder(key),
    },
    options.onEvent,
  );
  const stop = () => training.kill();
  signal.addEventListener('abort', stop, { once: true });
  const result = await training.result.finally(() => signal.removeEventListener('abort', stop));
  const entry = entryOf(task, result, await evaluate(result));
  await writeFileAtomically(place.entryFile(key), JSON.stringify(entry));
  await rm(place.runFolder(key), { recursive: true, force: true });
  return entry;

  async function evaluate(result: TrainResult) {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-task-'));
    try {
      const modelFile = join(folder, 'model.json');
      await writeFile(modelFile, JSON.stringify(result));
      const partitionFile = place.partitionFile(task.row.name);
      return await spawnEvaluation({
        modelFile,
        dataFile,
        objectsUrl: place.objectsUrl,
        partitionFile,
        signal,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function entryOf(
  { row, program, seed }: StudyTask,
  result: TrainResult,
  evaluation: StudyEntry['evaluation'],
): StudyEntry {
  return {
    row: row.name,
    program: program.name,
    seed,
    programDigest: result.program.digest,
    modelDigest: result.modelDigest,
    steps: result.steps,
    trainCpuSeconds: result.cpuSeconds,
    figures: latestFigures(result),
    evaluation,
  };
}

/** The last value of every figure: some are told in one phase only. */
function latestFigures({ curve, figures }: TrainResult): StudyEntry['figures'] {
  return Object.assign({}, ...curve.map((point) => point.figures), figures);
}
