import { readFile } from 'node:fs/promises';
import type { RetrievalEvaluation } from '../evaluation/retrieval-evaluation.js';

/** A finished task. */
export interface StudyEntry {
  readonly row: string;
  /** Name of the program in the study. */
  readonly program: string;
  readonly seed: number;
  readonly programDigest: string;
  readonly modelDigest: string;
  readonly steps: number;
  /** Processor time of the training, all threads. */
  readonly trainCpuSeconds: number;
  /** The program's last figures, by name. */
  readonly figures: { readonly [name: string]: number };
  readonly evaluation: RetrievalEvaluation;
}

/** The entry in a file; undefined where there is none. */
export async function readEntry(path: string): Promise<StudyEntry | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as StudyEntry);
}
