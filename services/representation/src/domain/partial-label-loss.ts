import { sigmoid, softplus } from '@isthmus/learning';

/** Rows of the causality-labelled data: one for each (user, source event, target item). All columns have one length. */
export interface PartialLabelRows {
  /** Scores f, the logits of P(c = 1). */
  readonly scores: ArrayLike<number>;
  /** Observed labels s: 1 where a cause was labelled; 0 where nothing is known, or where there is certainly none. */
  readonly labels: ArrayLike<number>;
  /** Logged propensities e = P(s = 1 | c = 1), in (0, 1]. */
  readonly propensities: ArrayLike<number>;
}

/** How the estimator is kept in bounds. */
export interface PartialLabelSettings {
  /** Propensities below this are raised to it, 0 for none: less variance for a bias that the diagnostics bound. */
  readonly clip: number;
  /** Keeps the batch mean of the negative part from pulling the loss below 0 (Kiryo et al. 2017). */
  readonly nonNegative: boolean;
}

/** What to watch while the loss is minimised. */
export interface PartialLabelDiagnostics {
  /** Mean of (1 - e/e')|f| over the rows: the clipping's bias is at most this, since P(c = 1) is at most 1. */
  readonly clipBiasBound: number;
  /** (sum w)^2 / sum w^2 of the weights w = s/e'; 0 where no row is labelled. */
  readonly effectiveSampleSize: number;
  /** Share of rows whose propensity was raised. */
  readonly clippedShare: number;
  /** Largest weight s/e', 0 where no row is labelled. */
  readonly largestWeight: number;
  /** Share of rows with a label. */
  readonly labelledShare: number;
  /** Whether the non-negative correction acted. */
  readonly corrected: boolean;
}

/** The loss of a batch. */
export interface PartialLabelLoss {
  /** Estimated risk: the mean over the rows. */
  readonly value: number;
  /** Its derivative by each score (of the corrected objective where the correction acted). */
  readonly gradient: Float64Array;
  readonly diagnostics: PartialLabelDiagnostics;
}

/**
 * The propensity-weighted partial-label loss (form A of our reconstruction of CE-CDR's PLCL, after the labelling model of
 * Bekker et al. 2018):
 *
 *   L = mean over rows of  t l+(f) + (1 - t) l-(f),   t = s / e,   l+ = log(1 + exp(-f)),   l- = log(1 + exp(f)).
 *
 * If labels are drawn with P(s = 1 | c = 1) = e > 0 and never where c = 0, the expectation of L over the labels is the
 * risk under full knowledge of c, for every f. With a clip e' = max(e, clip) the bias is
 * E[ P(c = 1) (e/e' - 1)(l+ - l-) ], and l+ - l- = -f. Weights 1 - t are negative where t > 1, so a flexible model could
 * push the mean of their part below 0: with `nonNegative` such a batch takes a step that raises that part instead.
 */
export function partialLabelLoss(rows: PartialLabelRows, settings: PartialLabelSettings): PartialLabelLoss {
  const { scores, labels, propensities } = rows;
  const count = scores.length;
  const gradient = new Float64Array(count);
  if (count === 0) return { value: 0, gradient, diagnostics: emptyDiagnostics };

  let positive = 0;
  let negative = 0;
  let weightSum = 0;
  let weightSquares = 0;
  let largestWeight = 0;
  let clipped = 0;
  let labelled = 0;
  let biasBound = 0;
  for (let row = 0; row < count; row++) {
    const f = scores[row]!;
    const propensity = propensities[row]!;
    const used = Math.max(propensity, settings.clip);
    const weight = labels[row]! / used;
    positive += weight * softplus(-f);
    negative += (1 - weight) * softplus(f);
    if (used > propensity) {
      clipped++;
      biasBound += (1 - propensity / used) * Math.abs(f);
    }
    if (weight > 0) labelled++;
    weightSum += weight;
    weightSquares += weight * weight;
    largestWeight = Math.max(largestWeight, weight);
  }

  const corrected = settings.nonNegative && negative < 0;
  for (let row = 0; row < count; row++) {
    const weight = labels[row]! / Math.max(propensities[row]!, settings.clip);
    const p = sigmoid(scores[row]!);
    gradient[row] = (corrected ? (weight - 1) * p : weight * (p - 1) + (1 - weight) * p) / count;
  }
  return {
    value: (positive + (corrected ? 0 : negative)) / count,
    gradient,
    diagnostics: {
      clipBiasBound: biasBound / count,
      effectiveSampleSize: weightSquares === 0 ? 0 : (weightSum * weightSum) / weightSquares,
      clippedShare: clipped / count,
      largestWeight,
      labelledShare: labelled / count,
      corrected,
    },
  };
}

const emptyDiagnostics: PartialLabelDiagnostics = {
  clipBiasBound: 0,
  effectiveSampleSize: 0,
  clippedShare: 0,
  largestWeight: 0,
  labelledShare: 0,
  corrected: false,
};
