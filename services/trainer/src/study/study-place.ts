import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject } from '@isthmus/proof';
import type { PreparedData } from '../data/prepare-data.js';

/** Where a study keeps what it has done, below one folder. */
export interface StudyPlace {
  readonly objectsUrl: string;
  /** Description of the prepared data of a row. */
  dataFile(row: string): string;
  /** Partition of the items of a row. */
  partitionFile(row: string): string;
  /** Result of a task by its key. */
  entryFile(key: string): string;
  /** Checkpoints of a training that is under way. */
  runFolder(key: string): string;
}

/** The layout below `folder`. */
export function studyPlace(folder: string): StudyPlace {
  return {
    objectsUrl: pathToFileURL(join(folder, 'objects')).href,
    dataFile: (row) => join(folder, 'data', `${row}.json`),
    partitionFile: (row) => join(folder, 'data', `${row}-partition.json`),
    entryFile: (key) => join(folder, 'entries', `${key}.json`),
    runFolder: (key) => join(folder, 'runs', key),
  };
}

/**
 * Key of a task: SHA-256 of the program's bundle, specification, seed, committed data and held-out data. What changes none of
 * them changes no result, so a finished task is never done again.
 */
export function studyKey(parts: {
  readonly programDigest: string;
  readonly spec: JsonObject;
  readonly seed: number;
  readonly prepared: Pick<PreparedData, 'interactions' | 'items' | 'evaluation'>;
}): string {
  const { programDigest, spec, seed, prepared } = parts;
  const sorted = Object.fromEntries(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify([
    'isthmus-study/v1',
    programDigest,
    sorted,
    seed,
    prepared.interactions.object,
    prepared.items.object,
    prepared.evaluation,
  ]);
  return createHash('sha256').update(text).digest('hex');
}
