import type { JsonObject } from '@isthmus/proof';
import type { SplitKind } from '../data/split-data.js';

/** A data set with the way in which it is split: a row of the results. */
export interface StudyRow {
  readonly name: string;
  /** Folder of the data below the folder that holds all data sets. */
  readonly folder: string;
  readonly split: SplitKind;
  readonly sourceDomain?: string;
  readonly targetDomain?: string;
  readonly firstOnly?: boolean;
  /** What every trained program is given on this row, ours and the peers. */
  readonly spec?: JsonObject;
  /** Whether it counts among the rows that are to be won. */
  readonly counts: boolean;
}

/** What a program is to the study. */
export type StudyRole = 'ours' | 'peer' | 'ablation';

/** A program with a specification: a column of the results. */
export interface StudyProgram {
  /** Name in the tables, unique. */
  readonly name: string;
  /** Name of the program of this repository. */
  readonly program: string;
  readonly role: StudyRole;
  readonly spec: JsonObject;
  /** What is different on some rows. */
  readonly specOn?: { readonly [row: string]: JsonObject };
  /** Whether the seed decides nothing: one run stands for all seeds. */
  readonly deterministic?: boolean;
  /** Rows that it is measured on; all where left out. */
  readonly rows?: readonly string[];
}

/** Everything that is measured, and in which order. */
export interface Study {
  /** Name of the results file. */
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly command: string;
  readonly rows: readonly StudyRow[];
  readonly programs: readonly StudyProgram[];
  readonly seeds: readonly number[];
}

/** One training and its evaluation. */
export interface StudyTask {
  readonly row: StudyRow;
  readonly program: StudyProgram;
  readonly seed: number;
}

/**
 * The tasks of a study: the first seed of everything before the second of anything, so that tables are soon complete, if thin.
 * @param only pairs of names of a row and a program, each empty for all; no pair means everything
 */
export function studyTasks(
  study: Study,
  only: readonly { readonly row: string; readonly program: string }[] = [],
): StudyTask[] {
  const tasks: StudyTask[] = [];
  for (const [place, seed] of study.seeds.entries())
    for (const row of study.rows)
      for (const program of study.programs) {
        if (program.deterministic === true && place > 0) continue;
        if (program.rows !== undefined && !program.rows.includes(row.name)) continue;
        if (only.length > 0 && !only.some((one) => matches(one, row, program))) continue;
        tasks.push({ row, program, seed });
      }
  return tasks;
}

/** The specification of a program on a row. */
export function specOf(program: StudyProgram, row: StudyRow): JsonObject {
  const ofRow = program.deterministic === true ? {} : row.spec;
  return { ...program.spec, ...ofRow, ...program.specOn?.[row.name] };
}

function matches(
  only: { readonly row: string; readonly program: string },
  row: StudyRow,
  program: StudyProgram,
): boolean {
  return (only.row === '' || only.row === row.name) && (only.program === '' || only.program === program.name);
}
