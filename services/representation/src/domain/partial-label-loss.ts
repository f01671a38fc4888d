import {
  add,
  div,
  less,
  mul,
  neg,
  relu,
  softplus,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
  zeros,
} from '@isthmus/kernels';

/** Rows of the causality-labelled data: one for each (user, source event, target item). All columns have one length. */
export interface PartialLabelRows {
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

/** The loss of a batch, scalars. */
export interface PartialLabelLoss {
  /** Estimated risk: the mean over the rows. */
  readonly value: Tensor;
  /** What to descend: the value, or, where the correction acts, less the negative part. */
  readonly objective: Tensor;
  /** Sum of the negative part before the correction, which acts where it is below 0. */
  readonly negative: Tensor;
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
 *
 * @param scores f, the logits of P(c = 1), one for each row, in any shape
 */
export function partialLabelLoss(
  scores: Tensor,
  rows: PartialLabelRows,
  settings: PartialLabelSettings,
): PartialLabelLoss {
  const count = scores.size;
  if (count === 0) return { value: zeros([]), objective: zeros([]), negative: zeros([]) };
  const weights = tensor(labelWeights(rows, settings.clip), scores.shape);
  const positive = sum(mul(weights, softplus(neg(scores))));
  const negative = sum(mul(sub(1, weights), softplus(scores)));
  const whole = add(positive, negative);
  if (!settings.nonNegative) {
    const value = div(whole, count);
    return { value, objective: value, negative };
  }
  return {
    value: div(add(positive, relu(negative)), count),
    objective: div(where(less(negative, 0), neg(negative), whole), count),
    negative,
  };
}

/** t = s / max(e, clip) of each row. */
export function labelWeights({ labels, propensities }: PartialLabelRows, clip: number): Float32Array {
  const weights = new Float32Array(labels.length);
  for (let row = 0; row < weights.length; row++) {
    weights[row] = labels[row]! / Math.max(propensities[row]!, clip);
  }
  return weights;
}
