import type { ClickModel } from '@isthmus/proof';

import { auc, groupedAuc } from '../metrics/auc.js';
import { expectedCalibrationError, logLoss } from '../metrics/probability-loss.js';
import type { ClickSamples } from '../splits/click-samples.js';

/** Figures of one head of a click model. */
export interface ClickHeadEvaluation {
  readonly auc: number;
  /** AUC within users, weighted by samples. */
  readonly gauc: number;
  /** Share of the samples whose user has one class only. */
  readonly gaucDroppedShare: number;
  /** In nats. */
  readonly logLoss: number;
  /** 15 bins of equal width. */
  readonly calibrationError: number;
  /** Probability of every sample, for the bootstrap. */
  readonly predictions: Float64Array;
  /** AUC of each user by record, NaN with one class only. */
  readonly perUserAuc: ReadonlyMap<number, number>;
}

/** Asks a click model for every sample and measures each of its heads, by name. */
export function evaluateClickModel(
  model: ClickModel,
  samples: ClickSamples,
): ReadonlyMap<string, ClickHeadEvaluation> {
  const size = samples.labels.length;
  const predictions = new Map<string, Float64Array>();
  for (let index = 0; index < size; index++) {
    const probabilities = model.predict(
      samples.records[index]!,
      samples.items[index]!,
      samples.timestampsMs[index]!,
    );
    for (const [head, probability] of Object.entries(probabilities)) {
      let values = predictions.get(head);
      if (values === undefined) {
        values = new Float64Array(size).fill(Number.NaN);
        predictions.set(head, values);
      }
      values[index] = probability;
    }
  }
  return new Map([...predictions].map(([head, values]) => [head, evaluateHead(head, values, samples)]));
}

function evaluateHead(head: string, predictions: Float64Array, samples: ClickSamples): ClickHeadEvaluation {
  const missing = predictions.findIndex((probability) => !(probability >= 0 && probability <= 1));
  if (missing >= 0) {
    throw new Error(
      `head '${head}' answers sample ${missing} with ${predictions[missing]}, not a probability`,
    );
  }
  const grouped = groupedAuc(predictions, samples.labels, samples.records);
  return {
    auc: auc(predictions, samples.labels),
    gauc: grouped.value,
    gaucDroppedShare: grouped.droppedShare,
    logLoss: logLoss(predictions, samples.labels),
    calibrationError: expectedCalibrationError(predictions, samples.labels),
    predictions,
    perUserAuc: grouped.byGroup,
  };
}
