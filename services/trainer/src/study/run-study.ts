import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { programSources } from '../bundling/program-sources.js';
import type { PreparedData } from '../data/prepare-data.js';
import type { TrainingEvent } from '../training/training-event.js';
import { prepareRow } from './prepare-row.js';
import { runTask } from './run-task.js';
import { type Study, type StudyRow, specOf, studyTasks } from './study-definition.js';
import { readEntry, type StudyEntry } from './study-entry.js';
import { type StudyPlace, studyKey } from './study-place.js';

/** What {@link runStudy} needs to know. */
export interface RunStudyOptions {
  /** Root of the checkout, whose programs are built. */
  readonly root: string;
  /** Folder that holds the data sets. */
  readonly dataFolder: string;
  readonly place: StudyPlace;
  readonly only?: readonly { readonly row: string; readonly program: string }[];
  /** Aborted when there is no more time: what is done is kept, and what is under way goes on next time. */
  readonly signal: AbortSignal;
  readonly onLine: (text: string) => void;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** What there is of a study. */
export interface StudyOutcome {
  readonly entries: readonly StudyEntry[];
  readonly prepared: ReadonlyMap<string, PreparedData>;
  /** Tasks without a result, in words: not built, not reached in time, failed. */
  readonly missing: readonly string[];
}

/** Does what is left to do of a study, and collects the results of all that is done. */
export async function runStudy(study: Study, options: RunStudyOptions): Promise<StudyOutcome> {
  const { place, signal, onLine } = options;
  const bundles = await bundlesOf(options.root);
  const prepared = await prepareRows(study, options);
  const entries: StudyEntry[] = [];
  const missing: string[] = [];
  const tasks = studyTasks(study, options.only);
  for (const [index, task] of tasks.entries()) {
    const name = `${task.row.name}, ${task.program.name}, seed ${task.seed}`;
    const bundle = bundles.get(task.program.program);
    const data = prepared.get(task.row.name);
    if (bundle === undefined || data === undefined) {
      missing.push(`${name}: ${bundle === undefined ? 'the program is not built' : 'the data is not there'}`);
      continue;
    }
    const spec = specOf(task.program, task.row);
    const key = studyKey({ programDigest: bundle.digest, spec, seed: task.seed, prepared: data });
    const known = await readEntry(place.entryFile(key));
    if (known !== undefined) {
      // Two names of one specification share a result.
      entries.push({ ...known, program: task.program.name });
      continue;
    }
    if (signal.aborted) {
      missing.push(`${name}: not reached in time`);
      continue;
    }
    onLine(`${index + 1} of ${tasks.length}: ${name}`);
    try {
      const { onEvent } = options;
      entries.push(
        await runTask(task, {
          key,
          place,
          bundleFile: bundle.file,
          signal,
          ...(onEvent === undefined ? {} : { onEvent }),
        }),
      );
    } catch (error) {
      const reason = signal.aborted ? 'not finished in time' : String((error as Error).message);
      missing.push(`${name}: ${reason}`);
      onLine(missing.at(-1)!);
    }
  }
  return { entries, prepared, missing };
}

async function prepareRows(
  study: Study,
  { root, dataFolder, place, only, onLine }: RunStudyOptions,
): Promise<Map<string, PreparedData>> {
  const wanted = new Set<StudyRow>(studyTasks(study, only).map(({ row }) => row));
  const prepared = new Map<string, PreparedData>();
  for (const row of wanted) {
    onLine(`preparing ${row.name}`);
    try {
      prepared.set(row.name, await prepareRow(root, dataFolder, row, place));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      onLine(`${row.name}: there is no ${row.folder} in the data folder`);
    }
  }
  return prepared;
}

async function bundlesOf(root: string): Promise<Map<string, { file: string; digest: string }>> {
  const bundles = new Map<string, { file: string; digest: string }>();
  for (const { name, outFile } of programSources(root)) {
    const bytes = await readFile(outFile).catch(() => undefined);
    if (bytes === undefined) continue;
    bundles.set(name, { file: outFile, digest: createHash('sha256').update(bytes).digest('hex') });
  }
  return bundles;
}
