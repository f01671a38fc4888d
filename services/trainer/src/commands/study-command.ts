import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { comparisonLines } from '../evaluation/comparison-lines.js';
import { writeResults } from '../results/write-results.js';
import { compareStudy } from '../study/compare-study.js';
import { retrievalStudy } from '../study/retrieval-study.js';
import { runStudy } from '../study/run-study.js';
import type { Study } from '../study/study-definition.js';
import { studyPlace } from '../study/study-place.js';
import { studyReport } from '../study/study-report.js';
import { readTrials } from '../training/trials-log.js';
import { readFlags } from './command-flags.js';
import { commandOutput } from './command-output.js';
import { UsageError } from './usage-error.js';

const studies: readonly Study[] = [retrievalStudy];

/** What `isthmus-trainer study --help` prints. */
export const studyHelp = `isthmus-trainer study ${studies.map(({ name }) => name).join('|')} [flags]

Trains and evaluates everything that a page of results shows, and writes the page: docs/results/NAME.json and .md. What is
done is kept and never done again while program, specification, seed and data stay the same; what was under way goes on.

  --data FOLDER         folder with the public data sets; ../shared/data beside the checkout, or ISTHMUS_DATA
  --only ROW[,PROGRAM]  a part of it, for example beauty, or beauty,sasrec, or ,gemirec; may be repeated
  --budget MINUTES      starts nothing after that, and stops what is under way
  --list                shows what would be done, and ends
  --keep FOLDER         where data, checkpoints and results are kept; .isthmus/studies/NAME`;

/** `study`: reproduces a page of results. Exit code 1 where something of it failed or was not reached. */
export async function studyCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    data: { type: 'string' },
    only: { type: 'string', multiple: true },
    budget: { type: 'string' },
    list: { type: 'boolean' },
    keep: { type: 'string' },
    json: { type: 'boolean' },
  });
  const study = studies.find(({ name }) => name === flags.words[0]);
  if (study === undefined || flags.words.length > 1)
    throw new UsageError(`name one study: ${studies.map(({ name }) => name).join(', ')}`);
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const dataFolder = resolve(
    flags.text('data') ?? process.env.ISTHMUS_DATA ?? join(root, '..', 'shared', 'data'),
  );
  if (!existsSync(dataFolder))
    throw new UsageError(`there is no folder ${dataFolder}: name the one with the data sets by --data`);
  const only = flags.texts('only').map((text) => partOf(study, text));
  const budgetMinutes = flags.wholeNumber('budget');
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: undefined });
  const place = studyPlace(resolve(flags.text('keep') ?? join(root, '.isthmus', 'studies', study.name)));
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const timer =
    budgetMinutes === undefined ? undefined : setTimeout(() => stop.abort(), budgetMinutes * 60_000);
  const { entries, prepared, missing } = await runStudy(study, {
    root,
    dataFolder,
    place,
    only,
    signal: flags.isSet('list') ? AbortSignal.abort() : stop.signal,
    onLine: (text) => output.progress.line(text),
    onEvent: (event) => {
      if (event.event === 'progress') output.progress.update({ ...event, label: event.phase });
    },
  });
  clearTimeout(timer);
  output.progress.end();
  for (const text of missing) output.line(text);
  output.line(`${entries.length} runs have results, ${missing.length} have none`);
  if (flags.isSet('list')) return 0;
  if (entries.length === 0) return 1;
  const trials = await readTrials(join(root, 'docs', 'results', 'trials.jsonl'));
  const rows = await compareStudy(study, { entries, prepared, trials, place });
  // A part of a study is looked at, not published.
  if (only.length > 0) {
    for (const { comparison } of rows) for (const line of comparisonLines(comparison)) output.line(line);
  } else {
    await writeResults(root, studyReport(study, rows, missing));
    output.line(`docs/results/${study.name}.md`);
  }
  await output.result({ missing }, { entries: entries.length, missing });
  return missing.length === 0 ? 0 : 1;
}

function partOf(study: Study, text: string): { row: string; program: string } {
  const [row = '', program = '', ...rest] = text.split(',');
  const known = (names: readonly { readonly name: string }[], name: string) =>
    name === '' || names.some((one) => one.name === name);
  if (rest.length > 0 || !known(study.rows, row) || !known(study.programs, program))
    throw new UsageError(
      `--only is ROW or ROW,PROGRAM, not '${text}'; rows: ${study.rows.map(({ name }) => name).join(', ')}; programs: ${study.programs.map(({ name }) => name).join(', ')}`,
    );
  return { row, program };
}
