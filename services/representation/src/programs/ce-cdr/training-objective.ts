import {
  add,
  gatherRows,
  mean,
  mul,
  type Objective,
  softplus,
  sub,
  type Tensor,
  tensor,
} from '@isthmus/kernels';
import type { ItemFeatures } from '../../domain/item-features.js';
import {
  type PartialLabelRows,
  type PartialLabelSettings,
  partialLabelLoss,
} from '../../domain/partial-label-loss.js';
import type { ClickBatch } from '../../model/click-batch.js';
import type { HeadRows } from '../../model/click-heads.js';
import { clickPass } from '../../model/click-pass.js';
import { itemRows, rowsAt } from '../../model/item-rows.js';
import type { HeadItems } from '../../model/model-parts.js';
import type { ChosenRows } from './chosen-rows.js';

/** Parameters of the joint training; `potency` holds the source items of the batch only, `[items of the batch, 1]`. */
export type TrainedTensors = Readonly<Record<TrainedName, Tensor>>;

/** Names of what is trained. */
export type TrainedName =
  | 'source'
  | 'target'
  | 'user'
  | 'potency'
  | 'recency'
  | 'similarity'
  | 'baseMap'
  | 'baseWeights'
  | 'basePopularity'
  | 'pluginMap'
  | 'pluginWeights';

/** A batch in terms of small tables of the items that occur in it. */
export interface TrainingBatch {
  readonly clicks: ClickBatch;
  /** Different items of the source events, and their features. */
  readonly sources: ChosenRows;
  readonly sourceFeatures: ItemFeatures;
  /** Different candidates, and their features. */
  readonly targets: ChosenRows;
  readonly targetFeatures: ItemFeatures;
  /** Each candidate in the space of all domains, and in that of the target domain, `[users * targets, dim]`. */
  readonly union: HeadItems;
  readonly own: HeadItems;
  readonly causal: PartialLabelRows;
}

/**
 * What a step descends:
 *
 *   BCE(base) + BCE(stop(base) + plugin(z)) + causalWeight * partial-label loss.
 *
 * The base head learns from its own loss alone, so the second head is the first one plus what the representation adds.
 */
export function trainingObjective(
  trained: TrainedTensors,
  batch: TrainingBatch,
  causalWeight: number,
  settings: PartialLabelSettings,
): Objective<'baseLoss' | 'loss' | 'causalLoss' | 'negative' | 'scores' | 'gates'> {
  const { clicks, sources, targets } = batch;
  const { dim } = batch.sourceFeatures;
  const headRows = ({ directions, factors }: HeadItems): HeadRows => ({
    directions: tensor(directions, [directions.length / dim, dim]),
    factors: tensor(factors, [factors.length / dim, dim]),
  });
  const pass = clickPass(
    {
      scorer: { user: trained.user, recency: trained.recency, similarity: trained.similarity },
      base: { map: trained.baseMap, weights: trained.baseWeights, popularity: trained.basePopularity },
      plugin: { map: trained.pluginMap, weights: trained.pluginWeights },
    },
    clicks.pairs,
    {
      sources: rowsAt(itemRows(batch.sourceFeatures, trained.source), sources.places),
      potency: gatherRows(trained.potency, sources.places),
      targets: rowsAt(itemRows(batch.targetFeatures, trained.target), targets.places),
      union: headRows(batch.union),
      own: headRows(batch.own),
      users: {
        pooled: tensor(clicks.pooled, [clicks.layout.users, dim]),
        empty: tensor(clicks.empty, [clicks.layout.users, 1]),
        popularity: clicks.popularity,
      },
    },
    standing,
  );
  const labels = firstTaken(clicks);
  const baseLoss = logLoss(pass.targetOnly, labels);
  const loss = logLoss(pass.withRepresentation, labels);
  const causal = partialLabelLoss(pass.scores, batch.causal, settings);
  return {
    value: add(add(baseLoss, loss), mul(causal.objective, causalWeight)),
    outputs: {
      baseLoss,
      loss,
      causalLoss: causal.value,
      negative: causal.negative,
      scores: pass.scores,
      gates: pass.representations.gates,
    },
  };
}

/** Mean of log(1 + exp(x)) - label x. */
function logLoss(logits: Tensor, labels: Tensor): Tensor {
  return mean(sub(softplus(logits), mul(labels, logits)));
}

/** 1 for the first candidate of each user, 0 for the others, `[users, targets]`. */
function firstTaken({ layout, pairs: { targets } }: ClickBatch): Tensor {
  const labels = new Float32Array(layout.users * targets);
  for (let user = 0; user < layout.users; user++) labels[user * targets] = 1;
  return tensor(labels, [layout.users, targets]);
}

/** The same values, which no gradient reaches. */
function standing(x: Tensor): Tensor {
  return tensor(x.dataSync<'float32'>(), x.shape);
}
