import { openObjectStore } from '@isthmus/chassis';
import { fetchEvaluation } from '../data/evaluation-object.js';
import type { PreparedData } from '../data/prepare-data.js';
import { openPartition } from '../evaluation/open-partition.js';
import { compareRetrieval, type RetrievalComparison } from '../evaluation/retrieval-comparison.js';
import { localSeed } from '../training/local-seed.js';
import type { Trial } from '../training/trials-log.js';
import type { Study, StudyProgram, StudyRow } from './study-definition.js';
import type { StudyEntry } from './study-entry.js';
import type { StudyPlace } from './study-place.js';

/** A row of a study with what was measured on it. */
export interface ComparedRow {
  readonly row: StudyRow;
  readonly comparison: RetrievalComparison;
  /** By name of the program in the study. */
  readonly programs: ReadonlyMap<string, ComparedProgram>;
}

/** What is known of a program on a row beside its figures. */
export interface ComparedProgram {
  readonly program: StudyProgram;
  readonly entries: readonly StudyEntry[];
  /** Configurations that were tried on this data; at least the one that was measured. */
  readonly trials: number;
  readonly trainCpuSeconds: number;
}

/** Compares the programs on every row that has results, each with ours where there is one. */
export async function compareStudy(
  study: Study,
  results: {
    readonly entries: readonly StudyEntry[];
    readonly prepared: ReadonlyMap<string, PreparedData>;
    readonly trials: readonly Trial[];
    readonly place: StudyPlace;
  },
): Promise<ComparedRow[]> {
  const objects = openObjectStore(results.place.objectsUrl);
  const rows: ComparedRow[] = [];
  for (const row of study.rows) {
    const prepared = results.prepared.get(row.name);
    const programs = new Map<string, ComparedProgram>();
    for (const program of study.programs) {
      const entries = results.entries.filter((one) => one.row === row.name && one.program === program.name);
      if (entries.length === 0 || prepared === undefined) continue;
      programs.set(program.name, {
        program,
        entries,
        trials: trialsOf(results.trials, program.program, prepared),
        trainCpuSeconds: entries.reduce((sum, one) => sum + one.trainCpuSeconds, 0) / entries.length,
      });
    }
    if (prepared === undefined || programs.size === 0) continue;
    const { targets } = await fetchEvaluation(objects, prepared.evaluation);
    const partition = await openPartition(objects, prepared, results.place.partitionFile(row.name));
    const ours = [...programs.values()].find(({ program }) => program.role === 'ours')?.program.name;
    const models = [...programs].map(([name, { entries }]) => ({
      name,
      evaluations: entries.map(({ evaluation }) => evaluation),
    }));
    rows.push({
      row,
      programs,
      comparison: compareRetrieval(models, targets[0]!, partition, {
        intervalSeed: localSeed(1),
        ...(ours === undefined ? {} : { baseline: ours }),
      }),
    });
  }
  return rows;
}

function trialsOf(trials: readonly Trial[], program: string, prepared: PreparedData): number {
  const tried = trials.filter(
    (trial) => trial.program === program && trial.data === prepared.interactions.object,
  );
  return Math.max(1, new Set(tried.map(({ configuration }) => JSON.stringify(configuration))).size);
}
