import type { ComparedModel, RetrievalComparison, SeededValue } from './retrieval-comparison.js';

/** A table for people: the first row is the head. */
export interface ComparisonTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** A comparison as tables: the figures, the differences to the baseline, the groups of users and targets, the interests. */
export function comparisonTables(comparison: RetrievalComparison): ComparisonTable[] {
  const { group, users, bins, models, baseline } = comparison;
  const tables: ComparisonTable[] = [
    {
      title: `${group}: ${users} users, history left out of the ranking`,
      rows: figureRows(models, 'masked'),
    },
    { title: `${group}: history ranked as well`, rows: figureRows(models, 'unmasked') },
    {
      title: `${group}: recall@50 of groups (${comparison.novelTargets} of ${comparison.targets} targets are of interests absent from the history)`,
      rows: [
        ['model', 'novel', 'known', 'cold items', ...Object.keys(bins).map((bin) => `${bin} events`)],
        ...models.map((model) => [
          model.name,
          ...['novelRecall@50', 'knownRecall@50', 'coldItemRecall@50'].map((figure) =>
            withDeviation(model.masked[figure]),
          ),
          ...Object.keys(bins).map((bin) => number(model.byHistoryLength[bin]?.['recall@50'])),
        ]),
      ],
    },
  ];
  if (baseline !== null)
    tables.push({
      title: `${group}: difference to ${baseline}, 95 % interval over users and seeds`,
      rows: differenceRows(models.filter(({ name }) => name !== baseline)),
    });
  const several = models.filter(({ interests }) => interests !== undefined);
  if (several.length > 0)
    tables.push({ title: `${group}: interests of a user`, rows: interestRows(several) });
  return tables;
}

/** Lines of the tables, columns aligned. */
export function comparisonLines(comparison: RetrievalComparison): string[] {
  return comparisonTables(comparison).flatMap(({ title, rows }) => {
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    const line = (row: readonly string[]) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd();
    return [title, ...rows.map(line), ''];
  });
}

const shownFigures = [
  'recall@10',
  'recall@20',
  'recall@50',
  'hitRate@50',
  'ndcg@20',
  'ndcg@50',
  'ndcgPeer@20',
] as const;

function figureRows(models: readonly ComparedModel[], protocol: 'masked' | 'unmasked'): string[][] {
  return [
    ['model', 'seeds', ...shownFigures],
    ...models.map((model) => [
      model.name,
      String(model.seeds),
      ...shownFigures.map((figure) => withDeviation(model[protocol][figure])),
    ]),
  ];
}

function differenceRows(models: readonly ComparedModel[]): string[][] {
  const figures = Object.keys(models[0]?.differences ?? {});
  return [
    ['model', ...figures],
    ...models.map(({ name, differences }) => [
      name,
      ...figures.map((figure) => {
        const { estimate, low, high } = differences[figure]!;
        return `${signed(estimate)} [${signed(low)}, ${signed(high)}]`;
      }),
    ]),
  ];
}

function interestRows(models: readonly ComparedModel[]): string[][] {
  return [
    ['model', 'interests', 'unique', 'cosine', 'effective rank', 'list overlap', 'coverage'],
    ...models.map(({ name, interests }) => [
      name,
      number(interests!.interests),
      number(interests!.uniqueInterests),
      number(interests!.meanPairwiseCosine),
      number(interests!.effectiveRank),
      number(interests!.listJaccard),
      number(interests!.coverage),
    ]),
  ];
}

function withDeviation(value: SeededValue | undefined): string {
  if (value === undefined || !Number.isFinite(value.mean)) return '-';
  return value.deviation > 0 ? `${number(value.mean)} ± ${number(value.deviation)}` : number(value.mean);
}

function number(value: number | null | undefined): string {
  return value === undefined || value === null || !Number.isFinite(value) ? '-' : value.toFixed(4);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}
