import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore } from '@isthmus/chassis';
import { fetchEvaluation } from '../data/evaluation-object.js';
import type { PreparedData } from '../data/prepare-data.js';
import { localSeed } from '../training/local-seed.js';
import {
  evaluateRetrievalRun,
  type RetrievalRun,
  type RetrievalRunContext,
} from './evaluate-retrieval-run.js';
import { openPartition } from './open-partition.js';
import { compareRetrieval, type RetrievalComparison } from './retrieval-comparison.js';
import type { RetrievalEvaluation } from './retrieval-evaluation.js';

/** What {@link compareRetrievalRuns} needs to know. */
export interface CompareRetrievalOptions {
  /** URL of the content-addressed store. */
  readonly objectsUrl: string;
  /** What `prepare` wrote. */
  readonly dataFile: string;
  readonly runs: readonly RetrievalRun[];
  /** Name of the model that the others are compared with. */
  readonly baseline?: string;
  /** The salt that user names were hashed with; for lists. */
  readonly salt?: () => Promise<Uint8Array>;
  /** File that the partition of the items is kept in, for the next time. */
  readonly partitionPath?: string;
  /** Seed of the intervals' resamples; 1 if not given. */
  readonly seed?: number;
  readonly onProgress?: (text: string) => void;
}

/** What {@link compareRetrievalRuns} gives. */
export interface ComparedRuns {
  /** A table for each group of targets. */
  readonly comparisons: readonly RetrievalComparison[];
  /** The evaluations behind it by name of the model, a seed each. */
  readonly evaluations: ReadonlyMap<string, readonly RetrievalEvaluation[]>;
}

/** Several models, and lists of others, measured on the same users: a table for each group of targets. */
export async function compareRetrievalRuns(options: CompareRetrievalOptions): Promise<ComparedRuns> {
  const { objectsUrl, dataFile, runs } = options;
  const tell = options.onProgress ?? (() => {});
  const objects = openObjectStore(objectsUrl);
  const prepared = JSON.parse(await readFile(dataFile, 'utf8')) as PreparedData;
  const scratch = await mkdtemp(join(tmpdir(), 'isthmus-partition-'));
  const partitionFile = options.partitionPath ?? join(scratch, 'partition.json');
  const partition = await openPartition(objects, prepared, partitionFile);
  const context: RetrievalRunContext = {
    objects,
    objectsUrl,
    prepared,
    dataFile,
    partition,
    partitionFile,
    apart: runs.filter(({ lists }) => lists !== true).length > 1,
    salt: options.salt,
    tell,
  };
  const evaluations = new Map<string, RetrievalEvaluation[]>();
  try {
    for (const run of runs) {
      tell(`ranking for ${run.name ?? run.path}`);
      const evaluation = await evaluateRetrievalRun(context, run);
      const name = run.name ?? evaluation.program;
      evaluations.set(name, [...(evaluations.get(name) ?? []), evaluation]);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const { baseline } = options;
  if (baseline !== undefined && !evaluations.has(baseline))
    throw new Error(
      `there is no run '${baseline}' to compare with; there are ${[...evaluations.keys()].join(', ')}`,
    );
  const named = [...evaluations].map(([name, own]) => ({ name, evaluations: own }));
  const { targets } = await fetchEvaluation(objects, prepared.evaluation);
  const intervalSeed = localSeed(options.seed ?? 1);
  const comparisons = targets.map((group) =>
    compareRetrieval(named, group, partition, {
      intervalSeed,
      ...(baseline === undefined ? {} : { baseline }),
    }),
  );
  return { comparisons, evaluations };
}
