import { meanOfNumbers } from '@isthmus/learning';
import type { ComparedModel } from '../evaluation/retrieval-comparison.js';
import type { ComparedRow } from './compare-study.js';
import type { Study } from './study-definition.js';

/**
 * The values of the bars of `retrieval` in `bars.json` that these rows decide, by id. A bar whose rows are not all measured is
 * left out: a table of four rows wins no six.
 */
export function measuredBars(study: Study, rows: readonly ComparedRow[]): { readonly [id: string]: number } {
  const values: { [id: string]: number | undefined } = {
    ...rowsWon(study, rows),
    ...figuresOfOurs(rows),
    ...collapse(rows),
    ...useOfCodes(study, rows),
    'recall50-gain-k1-to-k4': gain(study, rows),
    'novel-recall-vs-best-peer': secondBest(rows.flatMap(novelRatio)),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** Figures by which a row is won. */
const decisive = ['recall@50', 'ndcg@20'] as const;

function rowsWon(study: Study, rows: readonly ComparedRow[]): { [id: string]: number | undefined } {
  const counted = study.rows.filter(({ counts }) => counts);
  const outcomes = counted.map((wanted) => {
    const row = rows.find(({ row }) => row.name === wanted.name);
    const ours = row && modelOf(row, 'ours')[0];
    const peers = row === undefined ? [] : modelOf(row, 'peer');
    const expected = study.programs.filter(
      ({ role, rows: on }) => role === 'peer' && (on === undefined || on.includes(wanted.name)),
    );
    if (ours === undefined || peers.length < expected.length) return undefined;
    return {
      // A difference is a peer minus ours.
      won: peers.every(({ differences }) => decisive.every((figure) => (differences[figure]?.high ?? 1) < 0)),
      margin: recallOf(ours) / Math.max(...peers.map(recallOf)) - 1,
    };
  });
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.length < counted.length) return {};
  return {
    'rows-won': known.filter(({ won }) => won).length,
    'worst-row-margin': Math.min(...known.map(({ margin }) => margin)),
  };
}

/** Bars on figures of ours: id, row, figure. */
const ownBars: readonly (readonly [id: string, row: string, figure: string])[] = [
  ['food-warm-recall20', 'food-warm', 'recall@20'],
  ['food-warm-ndcg20', 'food-warm', 'ndcg@20'],
  ['kitchen-warm-recall20', 'kitchen-warm', 'recall@20'],
  ['kitchen-warm-ndcg20', 'kitchen-warm', 'ndcg@20'],
  ['beauty-loo-recall20', 'beauty', 'recall@20'],
  ['beauty-loo-ndcg20', 'beauty', 'ndcg@20'],
  ['beauty-loo-recall50', 'beauty', 'recall@50'],
  ['beauty-comirec-recall50', 'beauty-comirec', 'recall@50'],
  ['beauty-comirec-hr50', 'beauty-comirec', 'hitRate@50'],
];

function figuresOfOurs(rows: readonly ComparedRow[]): { [id: string]: number | undefined } {
  const values = ownBars.map(([id, name, figure]) => {
    const row = rows.find(({ row }) => row.name === name);
    return [id, row && modelOf(row, 'ours')[0]?.masked[figure]?.mean] as const;
  });
  const beauty = rows.find(({ row }) => row.name === 'beauty');
  const ours = beauty && modelOf(beauty, 'ours')[0];
  return {
    ...Object.fromEntries(values),
    'train-cpu-seconds-beauty': ours && beauty.programs.get(ours.name)?.trainCpuSeconds,
    'evaluate-seconds-beauty': ours?.evaluationCpuSeconds,
  };
}

/** Ours and ComiRec-SA at four interests, means over the rows that have both. */
function collapse(rows: readonly ComparedRow[]): { [id: string]: number | undefined } {
  const pairs = rows.flatMap((row) => {
    const own = named(row, 'gemirec-k4')?.interests;
    const peer = named(row, 'comirec-sa')?.interests;
    return own === undefined || peer === undefined ? [] : [{ own, peer }];
  });
  if (pairs.length === 0) return {};
  const mean = (of: (pair: (typeof pairs)[number]) => number) => meanOfNumbers(pairs.map(of));
  return {
    'cosine-vs-comirec-sa':
      mean(({ own }) => own.meanPairwiseCosine) / mean(({ peer }) => peer.meanPairwiseCosine),
    'effective-rank-over-k': mean(({ own }) => own.effectiveRank / own.interests),
    'list-jaccard-vs-comirec-sa': mean(({ own }) => own.listJaccard) / mean(({ peer }) => peer.listJaccard),
  };
}

/** The least even use of a level's codes and the most dead codes of level 1, over all rows and seeds of ours. */
function useOfCodes(study: Study, rows: readonly ComparedRow[]): { [id: string]: number | undefined } {
  const counted = rows.filter(({ row }) => row.counts);
  if (counted.length < study.rows.filter(({ counts }) => counts).length) return {};
  const entries = counted.map((row) => {
    const ours = modelOf(row, 'ours')[0];
    return (ours && row.programs.get(ours.name)?.entries) ?? [];
  });
  if (entries.some((own) => own.length === 0)) return {};
  const all = (figure: string) => entries.flat().map(({ figures }) => figures[figure] ?? Number.NaN);
  return {
    'perplexity-over-codes-min': Math.min(...all('perplexity')),
    'dead-level1-codes': Math.max(...all('dead')),
  };
}

function gain(study: Study, rows: readonly ComparedRow[]): number | undefined {
  const gains = rows
    .filter(({ row }) => row.counts)
    .flatMap((row) => {
      const [one, four] = [named(row, 'gemirec-k1'), named(row, 'gemirec-k4')];
      return one === undefined || four === undefined ? [] : [recallOf(four) / recallOf(one) - 1];
    });
  return gains.length < study.rows.filter(({ counts }) => counts).length ? undefined : meanOfNumbers(gains);
}

/** Novel-interest recall of ours over the best peer's, on a row that counts. */
function novelRatio(row: ComparedRow): number[] {
  const ours = modelOf(row, 'ours')[0];
  const peers = modelOf(row, 'peer');
  if (!row.row.counts || ours === undefined || peers.length === 0) return [];
  const novel = (model: ComparedModel) => model.masked['novelRecall@50']?.mean ?? Number.NaN;
  return [novel(ours) / Math.max(...peers.map(novel))];
}

function secondBest(ratios: readonly number[]): number | undefined {
  return ratios.toSorted((a, b) => b - a)[1];
}

function modelOf(row: ComparedRow, role: 'ours' | 'peer'): ComparedModel[] {
  return row.comparison.models.filter(({ name }) => row.programs.get(name)?.program.role === role);
}

function named(row: ComparedRow, name: string): ComparedModel | undefined {
  return row.comparison.models.find((model) => model.name === name);
}

function recallOf(model: ComparedModel): number {
  return model.masked['recall@50']?.mean ?? Number.NaN;
}
