import type { ObjectStore } from '@isthmus/chassis';
import {
  type ClickHeadEvaluation,
  evaluateClickModel,
  evaluateInterests,
  evaluateRecommender,
  type InterestHealth,
  type RecommenderEvaluation,
} from '@isthmus/learning';
import { fetchEvaluation } from '../data/evaluation-object.js';
import type { PreparedData } from '../data/prepare-data.js';
import { type ModelReference, openModel } from './open-model.js';

/** Figures of a model on evaluation data, as a plain object. */
export interface ModelEvaluation {
  readonly program: string;
  readonly modelDigest: string;
  /** For each group of users, such as `warm` and `cold`: mean figures by name, such as `recall@50`. */
  readonly ranking: { readonly [group: string]: { readonly [figure: string]: number } };
  /** Whether several interests of a user differ, for each group; for recommenders that have several. */
  readonly interests: { readonly [group: string]: InterestHealth };
  /** For each head of a click model, such as `targetOnly`. */
  readonly clicks: { readonly [head: string]: ClickFigures };
  readonly seconds: number;
}

/** Figures of one head. */
export type ClickFigures = Pick<ClickHeadEvaluation, 'auc' | 'gauc' | 'logLoss' | 'calibrationError'>;

/** A model's figures and those of every user behind them, for paired comparisons. */
export interface DetailedEvaluation {
  readonly summary: ModelEvaluation;
  readonly ranking: ReadonlyMap<string, RecommenderEvaluation>;
  readonly clicks: ReadonlyMap<string, ClickHeadEvaluation>;
}

const cutoffs = [10, 20, 50] as const;

/** Evaluates a model as what its program can be: a recommender of every group of users, a click model, or both. */
export async function evaluateModel(
  objects: ObjectStore,
  reference: ModelReference,
  prepared: PreparedData,
  now: () => number = () => performance.now(),
): Promise<DetailedEvaluation> {
  const from = now();
  const { targets, clicks } = await fetchEvaluation(objects, prepared.evaluation);
  const model = await openModel(objects, reference, targets);
  const { recommender, clickModel } = model;
  if (recommender === undefined && clickModel === undefined)
    throw new Error(`the program ${model.program.name} makes neither recommenders nor click models`);
  const ranking = new Map<string, RecommenderEvaluation>();
  const interests: { [group: string]: InterestHealth } = {};
  for (const group of recommender === undefined ? [] : targets) {
    ranking.set(group.name, evaluateRecommender(recommender!, group, { k: cutoffs }));
    const health = evaluateInterests(recommender!, group, { k: 50 });
    if (health !== undefined) interests[group.name] = health;
  }
  const heads =
    clickModel === undefined || clicks.labels.length === 0
      ? new Map<string, never>()
      : evaluateClickModel(clickModel, clicks);
  return {
    ranking,
    clicks: heads,
    summary: {
      program: model.program.name,
      modelDigest: model.modelDigest,
      ranking: Object.fromEntries([...ranking].map(([name, evaluation]) => [name, evaluation.mean])),
      interests,
      clicks: Object.fromEntries([...heads].map(([head, figures]) => [head, figuresOf(figures)])),
      seconds: (now() - from) / 1000,
    },
  };
}

function figuresOf({ auc, gauc, logLoss, calibrationError }: ClickHeadEvaluation): ClickFigures {
  return { auc, gauc, logLoss, calibrationError };
}
