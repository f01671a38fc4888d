import { type ParameterArray, valueAndGradients } from '@isthmus/kernels';
import { applyGradients, defaultAdam, float32Tensor, type Gradient, type Random } from '@isthmus/learning';
import type { ItemFeatures } from '../../domain/item-features.js';
import { partialLabelDiagnostics } from '../../domain/partial-label-diagnostics.js';
import type { PartialLabelSettings } from '../../domain/partial-label-loss.js';
import { type ClickQuery, clickBatch } from '../../model/click-batch.js';
import { baseItems, featuresOf, graphItems, type HeadItems, tensorNames } from '../../model/model-parts.js';
import { causalRows } from './causal-rows.js';
import { chosenRows, copyRows } from './chosen-rows.js';
import type { PhaseContext } from './phase.js';
import { recentMs } from './sample.js';
import { type TrainedName, type TrainingBatch, trainingObjective } from './training-objective.js';

/** What a step says of its batch. */
export interface BatchFigures {
  /** Mean log loss of the two heads. */
  readonly baseLoss: number;
  readonly loss: number;
  /** The causal loss and its diagnostics. */
  readonly causalLoss: number;
  readonly clipBiasBound: number;
  readonly effectiveSampleSize: number;
  readonly clippedShare: number;
  readonly largestWeight: number;
  readonly labelledShare: number;
  readonly correctedShare: number;
  /** Mean gate of the items taken. */
  readonly gate: number;
}

/** Tensors of the state that are trained, by their names in the objective. */
export const trainedNames: Readonly<Record<TrainedName, string>> = {
  source: tensorNames.scorerSource,
  target: tensorNames.scorerTarget,
  user: tensorNames.scorerUser,
  potency: tensorNames.scorerPotency,
  recency: tensorNames.scorerRecency,
  similarity: tensorNames.scorerSimilarity,
  baseMap: tensorNames.baseMap,
  baseWeights: tensorNames.baseWeights,
  basePopularity: tensorNames.basePopularity,
  pluginMap: tensorNames.pluginMap,
  pluginWeights: tensorNames.pluginWeights,
};

/**
 * One gradient step of the joint training, in place.
 * @param coins generator of the labels of a query of the batch
 */
export function trainingStep(
  context: PhaseContext,
  queries: readonly ClickQuery[],
  coins: (query: number) => Random,
): BatchFigures {
  const batch = trainingBatch(context, queries, coins);
  const { figures, gradients } = differentiateBatch(context, batch);
  applyGradients(context.state, gradients, { ...defaultAdam, learningRate: context.values.learningRate });
  return figures;
}

/** Lays a batch out in small tables of the items that occur in it. */
export function trainingBatch(
  context: PhaseContext,
  queries: readonly ClickQuery[],
  coins: (query: number) => Random,
): TrainingBatch {
  const { shape, state } = context;
  const clicks = clickBatch(shape, state.tensors, recentMs(context), queries);
  const features = featuresOf(shape, state.tensors);
  const sources = chosenRows(clicks.sourceItems);
  const targets = chosenRows(clicks.candidates);
  const chosenItems = ({ directions, factors }: HeadItems, rows: Int32Array): HeadItems => ({
    directions: copyRows(directions, rows, shape.dim),
    factors: copyRows(factors, rows, shape.dim),
  });
  return {
    clicks,
    sources,
    sourceFeatures: chosenFeatures(features, sources.rows),
    targets,
    targetFeatures: chosenFeatures(features, targets.rows),
    union: chosenItems(graphItems(shape, state.tensors), clicks.candidates),
    own: chosenItems(baseItems(shape, state.tensors), clicks.candidateRows),
    causal: causalRows(context, clicks, coins),
  };
}

/** Losses of a batch and their gradients by the names of the state. */
export function differentiateBatch(
  { values, state }: PhaseContext,
  batch: TrainingBatch,
): { readonly figures: BatchFigures; readonly gradients: Map<string, Gradient> } {
  const { rows } = batch.sources;
  const settings: PartialLabelSettings = { clip: values.propensityClip, nonNegative: true };
  const parameters = {} as Record<TrainedName, ParameterArray>;
  for (const [name, stored] of Object.entries(trainedNames) as [TrainedName, string][]) {
    const data = float32Tensor(state, stored);
    parameters[name] =
      name === 'potency'
        ? { shape: [rows.length, 1], data: copyRows(data, rows, 1) }
        : { shape: state.tensors.get(stored)!.shape, data };
  }
  const result = valueAndGradients(parameters, (trained) =>
    trainingObjective(trained, batch, values.causalWeight, settings),
  );
  const gradients = new Map<string, Gradient>();
  for (const [name, stored] of Object.entries(trainedNames) as [TrainedName, string][]) {
    const gradient = result.gradients[name];
    if (name !== 'potency') gradients.set(stored, gradient);
    else if (rows.length > 0) gradients.set(stored, { rows, values: gradient, width: 1 });
  }
  const { baseLoss, loss, causalLoss, negative, scores, gates } = result.outputs;
  const { layout, targets } = batch.clicks.pairs;
  let gate = 0;
  for (let user = 0; user < layout.users; user++) gate += gates[user * targets]! / layout.users;
  return {
    gradients,
    figures: {
      baseLoss: baseLoss[0]!,
      loss: loss[0]!,
      causalLoss: causalLoss[0]!,
      ...partialLabelDiagnostics(scores, batch.causal, settings.clip),
      correctedShare: negative[0]! < 0 ? 1 : 0,
      gate,
    },
  };
}

function chosenFeatures(features: ItemFeatures, rows: Uint32Array): ItemFeatures {
  const { dim, contentDim } = features;
  return {
    dim,
    contentDim,
    directions: copyRows(features.directions, rows, dim),
    content: copyRows(features.content, rows, contentDim),
  };
}
