import { type Random, sigmoid, softplus } from '@isthmus/learning';

import { certainNegatives, labelCauses } from '../../domain/causal-labels.js';
import {
  type ProjectedTargets,
  representTarget,
  type TargetRepresentation,
} from '../../domain/causal-representation.js';
import { type ScorerParameters, scoreSource, scoreTargets } from '../../domain/causal-scorer.js';
import { addScorerGradient } from '../../domain/causal-scorer-gradient.js';
import { addBaseGradient, addPluginGradient } from '../../domain/click-gradient.js';
import { baseLogit, pluginLogit, poolHistory } from '../../domain/click-heads.js';
import { featureSimilarity } from '../../domain/item-features.js';
import { partialLabelLoss } from '../../domain/partial-label-loss.js';
import { popularityAt } from '../../domain/popularity.js';
import { addRepresentationGradient } from '../../domain/representation-gradient.js';
import {
  baseItems,
  baseParameters,
  featuresOf,
  graphItems,
  pluginParameters,
  popularityOf,
  scorerParameters,
  tensorNames,
} from '../../model/model-parts.js';
import { targetRows } from '../../model/target-rows.js';
import { bytes } from '../../model/tensor-map.js';
import { type BatchGradient, emptyBatchGradient } from './batch-gradient.js';
import type { PhaseContext } from './phase.js';
import { recentMs, type Sample } from './sample.js';

/** What a batch says of itself. */
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

/** Source events of the batch with everything that the two passes over them share. */
interface Prepared {
  readonly source: ReturnType<typeof scoreSource>;
  readonly targets: ProjectedTargets;
  readonly representations: readonly TargetRepresentation[];
  /** Derivative by each score, `[candidates, events]`. */
  readonly byScores: Float64Array;
}

/**
 * Losses of a batch and their derivatives:
 *
 *   BCE(base) + BCE(stop(base) + plugin(z)) + causalWeight * partial-label loss.
 *
 * The base head learns from its own loss alone, so the second head is the first one plus what the representation adds.
 */
export function differentiateBatch(
  context: PhaseContext,
  samples: readonly Sample[],
  coins: (sample: number) => Random,
): { readonly gradient: BatchGradient; readonly figures: BatchFigures } {
  const scorer = scorerParameters(context.shape, context.state.tensors);
  const gradient = emptyBatchGradient(context.state, scorer);
  const prepared = samples.map((sample) => prepare(context, scorer, sample));
  const clicks = addClickGradients(context, samples, prepared, gradient);
  const causal = addCausalGradients(context, samples, prepared, coins);
  const features = featuresOf(context.shape, context.state.tensors);
  for (const { source, targets, byScores } of prepared) {
    if (source.items.length === 0) continue;
    addScorerGradient(
      scorer,
      features,
      source,
      features,
      targets.rows,
      targets.projections,
      byScores,
      gradient.scorer,
    );
  }
  return { gradient, figures: { ...clicks, ...causal } };
}

function prepare(context: PhaseContext, scorer: ScorerParameters, sample: Sample): Prepared {
  const features = featuresOf(context.shape, context.state.tensors);
  const source = scoreSource(scorer, features, sample.sourceItems);
  const targets = {
    features,
    rows: sample.candidates,
    projections: scoreTargets(scorer, features, sample.candidates),
  };
  const representations = Array.from(sample.candidates, (_, place) =>
    representTarget(scorer, features, source, targets, place),
  );
  const byScores = new Float64Array(sample.candidates.length * source.items.length);
  return { source, targets, representations, byScores };
}

function addClickGradients(
  context: PhaseContext,
  samples: readonly Sample[],
  prepared: readonly Prepared[],
  gradient: BatchGradient,
): Pick<BatchFigures, 'baseLoss' | 'loss' | 'gate'> {
  const { shape, state } = context;
  const features = featuresOf(shape, state.tensors);
  const base = baseParameters(state.tensors);
  const ownItems = baseItems(shape, state.tensors);
  const items = graphItems(shape, state.tensors);
  const plugin = pluginParameters(state.tensors);
  const popularity = popularityOf(state.tensors, recentMs(context));
  const { rows } = targetRows(bytes(state.tensors, tensorNames.itemDomains), shape.targetDomain);
  const count = samples.length * samples[0]!.candidates.length;
  const byVector = new Float64Array(shape.dim);
  let baseLoss = 0;
  let loss = 0;
  let gates = 0;
  for (const [at, sample] of samples.entries()) {
    const { representations, source, byScores } = prepared[at]!;
    const user = poolHistory(base, ownItems, sample.targetHistory);
    for (const [place, item] of sample.candidates.entries()) {
      const label = place === 0 ? 1 : 0;
      const { vector, attention } = representations[place]!;
      const classes = popularityAt(popularity, rows[item]!, sample.timeMs);
      const logit = baseLogit(base, ownItems, user, rows[item]!, classes);
      const whole = logit + pluginLogit(plugin, items, vector, attention.gate, attention.strongest, item);
      baseLoss += softplus(logit) - label * logit;
      loss += softplus(whole) - label * whole;
      addBaseGradient(
        base,
        ownItems,
        user,
        rows[item]!,
        classes,
        (sigmoid(logit) - label) / count,
        gradient.base,
      );
      if (source.items.length === 0) continue;
      if (label === 1) gates += attention.gate;
      const g = (sigmoid(whole) - label) / count;
      const { gate, strongest } = attention;
      addPluginGradient(plugin, items, vector, gate, strongest, item, g, gradient.plugin, byVector);
      addRepresentationGradient(
        features,
        source.items,
        representations[place]!,
        byVector,
        g * plugin.weights[2]!,
        g * plugin.weights[3]!,
        byScores,
        place * source.items.length,
      );
    }
  }
  return { baseLoss: baseLoss / count, loss: loss / count, gate: gates / samples.length };
}

/** The partial-label loss over all rows (sample, candidate, source event) of the batch. */
function addCausalGradients(
  context: PhaseContext,
  samples: readonly Sample[],
  prepared: readonly Prepared[],
  coins: (sample: number) => Random,
): Omit<BatchFigures, 'baseLoss' | 'loss' | 'gate'> {
  const { values, shape, state } = context;
  const features = featuresOf(shape, state.tensors);
  const settings = {
    floor: values.propensityFloor,
    threshold: state.counters.get('labels/threshold')!,
    temperature: values.propensityTemperature,
    most: values.mostCauses,
  };
  const scores: number[] = [];
  const labels: number[] = [];
  const propensities: number[] = [];
  for (const [at, sample] of samples.entries()) {
    const { representations, source } = prepared[at]!;
    const { items } = source;
    for (const place of sample.candidates.keys()) {
      const similarities = () =>
        Float64Array.from(items, (item) =>
          featureSimilarity(features, item, features, sample.candidates[place]!, values.contentShare),
        );
      const drawn =
        place === 0 ? labelCauses(similarities(), settings, coins(at)) : certainNegatives(items.length);
      scores.push(...representations[place]!.scores);
      labels.push(...drawn.labels);
      propensities.push(...drawn.propensities);
    }
  }
  const result = partialLabelLoss(
    { scores, labels, propensities },
    { clip: values.propensityClip, nonNegative: true },
  );
  let row = 0;
  for (const { byScores } of prepared) {
    for (let i = 0; i < byScores.length; i++) {
      byScores[i] = byScores[i]! + values.causalWeight * result.gradient[row++]!;
    }
  }
  const { corrected, ...diagnostics } = result.diagnostics;
  return { causalLoss: result.value, ...diagnostics, correctedShare: corrected ? 1 : 0 };
}
