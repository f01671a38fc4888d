import { readFile } from 'node:fs/promises';
import type { ObjectStore } from '@isthmus/chassis';
import type { FrozenPartition } from '@isthmus/learning';
import type { PreparedData } from '../data/prepare-data.js';
import type { TrainResult } from '../training/training-event.js';
import { readRankedLists } from './read-ranked-lists.js';
import {
  evaluateRetrieval,
  type RetrievalEvaluation,
  retrievalEvaluationFormat,
} from './retrieval-evaluation.js';
import { spawnEvaluation } from './spawn-evaluation.js';

/** A run to be measured. Runs of one name are seeds of one model. */
export interface RetrievalRun {
  /** Name of the model in the tables; the program's, or the file's of lists, where left out. */
  readonly name?: string;
  /** What `train` wrote with --out, hits that were kept, or with `lists` a file of ranked lists. */
  readonly path: string;
  readonly lists?: boolean;
}

/** What runs are measured on. */
export interface RetrievalRunContext {
  readonly objects: ObjectStore;
  readonly objectsUrl: string;
  readonly prepared: PreparedData;
  /** The file of `prepared`. */
  readonly dataFile: string;
  readonly partition: FrozenPartition;
  /** The file of `partition`. */
  readonly partitionFile: string;
  /** Whether models are opened in processes of their own: needed where there is more than one. */
  readonly apart: boolean;
  /** The salt that user names were hashed with; for lists. */
  readonly salt: (() => Promise<Uint8Array>) | undefined;
  readonly tell: (text: string) => void;
}

/** Finds the hits of one run. Throws an Error where its file is of other data, or nothing that can be measured. */
export async function evaluateRetrievalRun(
  context: RetrievalRunContext,
  { path, lists }: RetrievalRun,
): Promise<RetrievalEvaluation> {
  const { objects, objectsUrl, prepared, dataFile, partition, partitionFile } = context;
  if (lists === true) return ofLists(context, path);
  const file = JSON.parse(await readFile(path, 'utf8')) as TrainResult | RetrievalEvaluation;
  if ('format' in file && file.format === retrievalEvaluationFormat) {
    if (file.evaluation !== prepared.evaluation) throw new Error(`${path} is of other evaluation data`);
    return file;
  }
  const { program, modelDigest, inputs } = file as TrainResult;
  if (typeof program !== 'object' || modelDigest === undefined || inputs === undefined)
    throw new Error(`${path} is neither the result of a training nor of an evaluation`);
  if (context.apart) return spawnEvaluation({ modelFile: path, dataFile, objectsUrl, partitionFile });
  return evaluateRetrieval(
    objects,
    { programDigest: program.digest, modelDigest, inputs },
    prepared,
    partition,
  );
}

async function ofLists(
  { objects, prepared, salt, tell }: RetrievalRunContext,
  path: string,
): Promise<RetrievalEvaluation> {
  if (salt === undefined) throw new Error('lists name users: the salt of the data is needed');
  const read = await readRankedLists(objects, prepared, { path, salt: await salt() });
  tell(
    `${path}: ${read.users - read.withoutList} of ${read.users} users have a list, the shortest with ${read.shortest} items; ${read.unused} lists are of nobody who is evaluated`,
  );
  return read.evaluation;
}
