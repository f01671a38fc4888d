import {
  compareWithBaseline,
  type EvaluationTargets,
  type FrozenPartition,
  historyLengthBins,
  hitsFromJson,
  type InterestHealth,
  meanOfNumbers,
  measureHits,
} from '@isthmus/learning';
import type { RetrievalEvaluation } from './retrieval-evaluation.js';

/** A model with the evaluation of each of its seeds. */
export interface SeededModel {
  readonly name: string;
  readonly evaluations: readonly RetrievalEvaluation[];
}

/** Mean over the seeds, and their standard deviation (n - 1); 0 with one seed. */
export interface SeededValue {
  readonly mean: number;
  readonly deviation: number;
}

/** A difference to the baseline with its 95 % interval over users and seeds. */
export interface FigureDifference {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Figures of one model on the targets of one group. */
export interface ComparedModel {
  readonly name: string;
  readonly seeds: number;
  /** With the history left out: the primary protocol. By figure, such as `recall@50`, `ndcgPeer@20`, `novelRecall@50`. */
  readonly masked: { readonly [figure: string]: SeededValue };
  readonly unmasked: { readonly [figure: string]: SeededValue };
  /** Recall and NDCG of users by the length of their histories. */
  readonly byHistoryLength: { readonly [bin: string]: { readonly [figure: string]: number } };
  /** Means over the seeds, for models with several interests. */
  readonly interests?: { readonly [figure in keyof InterestHealth]: number };
  /** To the baseline, masked; empty for the baseline and where none is named. */
  readonly differences: { readonly [figure: string]: FigureDifference };
  readonly evaluationCpuSeconds: number;
}

/** Several models on the targets of one group. */
export interface RetrievalComparison {
  readonly group: string;
  readonly users: number;
  /** Users in each bin of history lengths. */
  readonly bins: { readonly [bin: string]: number };
  /** Targets of interests that are absent from the user's history, and all targets. */
  readonly novelTargets: number;
  readonly targets: number;
  readonly baseline: string | null;
  readonly models: readonly ComparedModel[];
}

/** Cut-offs of the tables. */
export const cutoffs = [10, 20, 50] as const;

/** Figures that differences are given for. */
const compared = ['recall@20', 'recall@50', 'ndcg@20', 'hitRate@50', 'novelRecall@50'] as const;

/** Resamples of an interval. */
const resamples = 1_000;

/** Compares models on one group of targets. Throws an Error where an evaluation is of other targets. */
export function compareRetrieval(
  models: readonly SeededModel[],
  group: EvaluationTargets,
  partition: FrozenPartition,
  options: { readonly baseline?: string; readonly intervalSeed: Uint8Array },
): RetrievalComparison {
  const classes = { partition: partition.groupOf, itemEvents: partition.itemEvents };
  const bins = historyLengthBins(group);
  const measured = models.map(({ name, evaluations }) => ({
    name,
    evaluations,
    masked: evaluations.map((evaluation) =>
      measureHits(hitsFromJson(hitsIn(evaluation, group.name).masked), group, { k: cutoffs, ...classes }),
    ),
    unmasked: evaluations.map((evaluation) =>
      measureHits(hitsFromJson(hitsIn(evaluation, group.name).unmasked), group, { k: cutoffs }),
    ),
  }));
  const differences = differencesOf(
    new Map(measured.map(({ name, masked }) => [name, masked])),
    options.baseline,
    options.intervalSeed,
  );
  const novel = group.users.map(({ targets, excluded }) => {
    const known = new Set(Array.from(excluded, (item) => partition.groupOf[item]!));
    return Array.from(targets).filter((item) => {
      const own = partition.groupOf[item]!;
      return own >= 0 && !known.has(own);
    }).length;
  });
  return {
    group: group.name,
    users: group.users.length,
    bins: Object.fromEntries(bins.map(({ name, places }) => [name, places.length])),
    novelTargets: novel.reduce((sum, count) => sum + count, 0),
    targets: group.users.reduce((sum, { targets }) => sum + targets.length, 0),
    baseline: options.baseline ?? null,
    models: measured.map(({ name, evaluations, masked, unmasked }) => {
      const interests = interestsOf(evaluations, group.name);
      return {
        name,
        seeds: evaluations.length,
        masked: seededValues(masked),
        unmasked: seededValues(unmasked),
        byHistoryLength: Object.fromEntries(
          bins.map((bin) => [bin.name, meansOf(masked, bin.places)] as const),
        ),
        ...(interests === undefined ? {} : { interests }),
        differences: differences.get(name) ?? {},
        evaluationCpuSeconds: meanOfNumbers(evaluations.map(({ cpuSeconds }) => cpuSeconds)),
      };
    }),
  };
}

function hitsIn(evaluation: RetrievalEvaluation, group: string) {
  const hits = evaluation.groups[group];
  if (hits === undefined) throw new Error(`an evaluation of ${evaluation.program} has no group ${group}`);
  return hits;
}

type PerUser = ReadonlyMap<string, Float64Array>;

function seededValues(seeds: readonly PerUser[]): { [figure: string]: SeededValue } {
  const figures = [...(seeds[0]?.keys() ?? [])];
  return Object.fromEntries(
    figures.map((figure) => {
      const means = seeds.map((perUser) => meanOfNumbers(perUser.get(figure)!));
      const mean = meanOfNumbers(means);
      const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [figure, { mean, deviation: means.length > 1 ? Math.sqrt(squares / (means.length - 1)) : 0 }];
    }),
  );
}

function meansOf(seeds: readonly PerUser[], places: readonly number[]): { [figure: string]: number } {
  const figures = ['recall@20', 'recall@50', 'ndcg@20'] as const;
  const meanOf = (perUser: PerUser, figure: string) => {
    const values = perUser.get(figure)!;
    return meanOfNumbers(places.map((place) => values[place]!));
  };
  return Object.fromEntries(
    figures.map((figure) => [figure, meanOfNumbers(seeds.map((perUser) => meanOf(perUser, figure)))]),
  );
}

function differencesOf(
  models: ReadonlyMap<string, readonly PerUser[]>,
  baseline: string | undefined,
  seed: Uint8Array,
): Map<string, { [figure: string]: FigureDifference }> {
  const differences = new Map<string, { [figure: string]: FigureDifference }>();
  if (baseline === undefined || models.size < 2) return differences;
  for (const figure of compared) {
    const figures = new Map([...models].map(([name, seeds]) => [name, seeds.map((own) => own.get(figure)!)]));
    for (const [name, { estimate, low, high }] of compareWithBaseline(figures, baseline, {
      seed,
      resamples,
    })) {
      const own = differences.get(name) ?? {};
      own[figure] = { estimate, low, high };
      differences.set(name, own);
    }
  }
  return differences;
}

function interestsOf(
  evaluations: readonly RetrievalEvaluation[],
  group: string,
): ComparedModel['interests'] | undefined {
  const all = evaluations.flatMap((evaluation) => evaluation.groups[group]?.interests ?? []);
  if (all.length === 0) return undefined;
  const figures = Object.keys(all[0]!) as (keyof InterestHealth)[];
  return Object.fromEntries(
    figures.map((figure) => [figure, meanOfNumbers(all.map((health) => health[figure] ?? Number.NaN))]),
  ) as ComparedModel['interests'];
}
