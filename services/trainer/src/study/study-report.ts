import type { ComparedModel } from '../evaluation/retrieval-comparison.js';
import type { ResultReport, ResultRow, ResultTable } from '../results/result-file.js';
import type { ComparedRow } from './compare-study.js';
import { measuredBars } from './measured-bars.js';
import type { Study } from './study-definition.js';

/** The results file of a study. */
export function studyReport(
  study: Study,
  rows: readonly ComparedRow[],
  missing: readonly string[],
): ResultReport {
  const note =
    missing.length === 0
      ? []
      : [
          `${missing.length} of the study’s runs have no result yet; tables with fewer seeds are provisional.`,
        ];
  return {
    name: study.name,
    title: study.title,
    notes: [...study.notes, ...note],
    command: study.command,
    seeds: study.seeds,
    rows: rows.flatMap((row) => row.comparison.models.map((model) => wholeRow(row, model))),
    tables: rows.flatMap(tablesOf),
    measured: measuredBars(study, rows),
  };
}

/** Everything about one model on one row. */
function wholeRow({ row, comparison, programs }: ComparedRow, model: ComparedModel): ResultRow {
  const { program, trials, trainCpuSeconds, entries } = programs.get(model.name)!;
  const cells: { [column: string]: ResultRow[string] } = {
    row: row.name,
    model: model.name,
    role: program.role,
    seeds: model.seeds,
    trials,
    users: comparison.users,
  };
  for (const [figure, { mean, deviation }] of Object.entries(model.masked)) {
    cells[figure] = cell(mean);
    cells[`${figure} sd`] = cell(deviation);
  }
  for (const [figure, { mean }] of Object.entries(model.unmasked)) cells[`unmasked ${figure}`] = cell(mean);
  for (const [bin, figures] of Object.entries(model.byHistoryLength))
    for (const [figure, value] of Object.entries(figures)) cells[`${figure} of ${bin} events`] = cell(value);
  for (const [figure, value] of Object.entries(model.interests ?? {})) cells[figure] = cell(value);
  for (const [figure, { estimate, low, high }] of Object.entries(model.differences)) {
    cells[`${figure} minus ${comparison.baseline}`] = cell(estimate);
    cells[`${figure} minus ${comparison.baseline}, low`] = cell(low);
    cells[`${figure} minus ${comparison.baseline}, high`] = cell(high);
  }
  cells['training CPU s'] = cell(trainCpuSeconds);
  cells['ranking CPU s'] = cell(model.evaluationCpuSeconds);
  cells.steps = Math.round(entries.reduce((sum, { steps }) => sum + steps, 0) / entries.length);
  return cells;
}

/** What is shown of it: figures with their deviations and differences, then groups, then interests. */
function tablesOf({ row, comparison, programs }: ComparedRow): ResultTable[] {
  const { models, users, baseline, bins } = comparison;
  const figures: ResultRow[] = models.map((model) => {
    const { trials, trainCpuSeconds } = programs.get(model.name)!;
    const difference = model.differences['recall@50'];
    return {
      model: model.name,
      seeds: model.seeds,
      trials,
      'recall@20': spread(model, 'recall@20'),
      'ndcg@20': spread(model, 'ndcg@20'),
      'recall@50': spread(model, 'recall@50'),
      'hitRate@50': spread(model, 'hitRate@50'),
      'ndcgPeer@50': spread(model, 'ndcgPeer@50'),
      'unmasked recall@50': fixed(model.unmasked['recall@50']?.mean),
      [`recall@50 minus ${baseline ?? 'ours'}`]:
        difference === undefined
          ? ''
          : `${fixed(difference.estimate)} [${fixed(difference.low)}, ${fixed(difference.high)}]`,
      'training CPU s': Math.round(trainCpuSeconds),
    };
  });
  const groups: ResultRow[] = models.map((model) => ({
    model: model.name,
    novel: fixed(model.masked['novelRecall@50']?.mean),
    known: fixed(model.masked['knownRecall@50']?.mean),
    'cold items': fixed(model.masked['coldItemRecall@50']?.mean),
    ...Object.fromEntries(
      Object.keys(bins).map((bin) => [`${bin} events`, fixed(model.byHistoryLength[bin]?.['recall@50'])]),
    ),
  }));
  const interests: ResultRow[] = models.flatMap(({ name, interests }) =>
    interests === undefined
      ? []
      : [
          {
            model: name,
            interests: fixed(interests.interests),
            unique: fixed(interests.uniqueInterests),
            cosine: fixed(interests.meanPairwiseCosine),
            'effective rank': fixed(interests.effectiveRank),
            'list overlap': fixed(interests.listJaccard),
            coverage: fixed(interests.coverage),
          },
        ],
  );
  const share = ((100 * comparison.novelTargets) / comparison.targets).toFixed(0);
  return [
    { title: `${row.name}: ${users} users, ${row.split}`, rows: figures },
    {
      title: `${row.name}: recall@50 of groups, ${share} % of the targets are of novel interests`,
      rows: groups,
    },
    ...(interests.length === 0 ? [] : [{ title: `${row.name}: interests of a user`, rows: interests }]),
  ];
}

function spread(model: ComparedModel, figure: string): string {
  const value = model.masked[figure];
  if (value === undefined) return '';
  return value.deviation > 0 ? `${fixed(value.mean)} ± ${fixed(value.deviation)}` : fixed(value.mean);
}

function fixed(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '' : value.toFixed(4);
}

/** JSON has no NaN: what is not defined is null. */
function cell(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}
