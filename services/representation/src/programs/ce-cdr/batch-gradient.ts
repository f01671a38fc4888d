import { applyGradients, defaultAdam, type Gradient, sumRows, type TrainingState } from '@isthmus/learning';
import type { ScorerParameters } from '../../domain/causal-scorer.js';
import { emptyScorerGradient, type ScorerGradient } from '../../domain/causal-scorer-gradient.js';
import type { BaseGradient, PluginGradient } from '../../domain/click-gradient.js';
import { tensorNames } from '../../model/model-parts.js';
import { floats } from '../../model/tensor-map.js';

/** Sums of derivatives of one batch. */
export interface BatchGradient {
  readonly base: BaseGradient;
  readonly plugin: PluginGradient;
  readonly scorer: ScorerGradient;
}

/** Zeros in the shapes of the parameters. */
export function emptyBatchGradient(state: TrainingState, scorer: ScorerParameters): BatchGradient {
  const zeros = (name: string) => new Float64Array(floats(state.tensors, name).length);
  return {
    base: {
      map: zeros(tensorNames.baseMap),
      weights: zeros(tensorNames.baseWeights),
      popularity: zeros(tensorNames.basePopularity),
    },
    plugin: { map: zeros(tensorNames.pluginMap), weights: zeros(tensorNames.pluginWeights) },
    scorer: emptyScorerGradient(scorer),
  };
}

/** Takes a step of Adam with the gradient of a batch. */
export function applyBatchGradient(
  state: TrainingState,
  gradient: BatchGradient,
  learningRate: number,
): void {
  const { base, plugin, scorer } = gradient;
  const gradients = new Map<string, Gradient>([
    [tensorNames.baseMap, Float32Array.from(base.map)],
    [tensorNames.baseWeights, Float32Array.from(base.weights)],
    [tensorNames.basePopularity, Float32Array.from(base.popularity)],
    [tensorNames.pluginMap, Float32Array.from(plugin.map)],
    [tensorNames.pluginWeights, Float32Array.from(plugin.weights)],
    [tensorNames.scorerSource, Float32Array.from(scorer.source)],
    [tensorNames.scorerTarget, Float32Array.from(scorer.target)],
    [tensorNames.scorerUser, Float32Array.from(scorer.user)],
    [tensorNames.scorerRecency, Float32Array.from(scorer.recency)],
    [tensorNames.scorerSimilarity, Float32Array.from(scorer.similarity)],
  ]);
  if (scorer.potencyItems.length > 0) {
    gradients.set(tensorNames.scorerPotency, sumRows(scorer.potencyItems, scorer.potencyValues, 1));
  }
  applyGradients(state, gradients, { ...defaultAdam, learningRate });
}
