import { attend, type CausalAttention } from './causal-attention.js';
import { causalScores, type ScoredSource, type ScorerParameters } from './causal-scorer.js';
import type { ItemFeatures } from './item-features.js';

/** Targets whose projections are known: candidate items or prototypes. */
export interface ProjectedTargets {
  readonly features: ItemFeatures;
  /** Rows in `features`. */
  readonly rows: ArrayLike<number>;
  /** `[rows.length, rank]`, see `scoreTargets`. */
  readonly projections: Float64Array;
}

/** The representation of a user for one target. */
export interface TargetRepresentation {
  /** f_j, `[events]`. */
  readonly scores: Float64Array;
  readonly attention: CausalAttention;
  /** sum_j w_j h_j, `[dim]`. */
  readonly mixed: Float64Array;
  /** z = gate * mixed, `[dim]`. All zero without source events. */
  readonly vector: Float64Array;
}

/**
 * z = gate * sum_j w_j h_j with causal attention w, for the target at a place of `targets` (our reconstruction).
 * h_j is the direction of the event's item in the space of the union graph, in which the target items lie too. A map W_o
 * from source to target in between, trained or fitted by ridge regression, did not rank better for users without target
 * events, so it is the identity here; the click head has a map of its own.
 */
export function representTarget(
  scorer: ScorerParameters,
  features: ItemFeatures,
  source: ScoredSource,
  targets: ProjectedTargets,
  place: number,
): TargetRepresentation {
  const { dim } = features;
  const scores = new Float64Array(source.items.length);
  const row = targets.rows[place]!;
  causalScores(
    scorer,
    features,
    source,
    targets.features,
    row,
    targets.projections,
    place * scorer.rank,
    scores,
  );
  const attention = attend(scores);
  const mixed = new Float64Array(dim);
  for (let event = 0; event < scores.length; event++) {
    const start = source.items[event]! * dim;
    const weight = attention.weights[event]!;
    for (let i = 0; i < dim; i++) mixed[i] = mixed[i]! + weight * features.directions[start + i]!;
  }
  return { scores, attention, mixed, vector: mixed.map((value) => attention.gate * value) };
}

/** Representatives of the target catalogue: what a user is represented for as a whole. */
export interface Prototypes {
  readonly targets: ProjectedTargets;
  /** Share of the target domain's events behind each prototype; adds up to 1. */
  readonly shares: Float64Array;
}

/** The representation of a user as a whole: means over the prototypes by their shares. */
export interface UserRepresentation {
  /** `[dim]` */
  readonly vector: Float64Array;
  readonly gate: number;
  /** a_j and w_j, `[events]`. */
  readonly probabilities: Float64Array;
  readonly weights: Float64Array;
}

/** z_user = sum_p share_p z(user, p), and the same for gate, probabilities and weights. */
export function representUser(
  scorer: ScorerParameters,
  features: ItemFeatures,
  source: ScoredSource,
  prototypes: Prototypes,
): UserRepresentation {
  const events = source.items.length;
  const vector = new Float64Array(features.dim);
  const probabilities = new Float64Array(events);
  const weights = new Float64Array(events);
  let gate = 0;
  if (events > 0) {
    const scores = new Float64Array(events);
    for (const [place, share] of prototypes.shares.entries()) {
      const { targets } = prototypes;
      const start = place * scorer.rank;
      const row = targets.rows[place]!;
      causalScores(scorer, features, source, targets.features, row, targets.projections, start, scores);
      const attention = attend(scores);
      gate += share * attention.gate;
      for (let event = 0; event < events; event++) {
        probabilities[event] = probabilities[event]! + share * attention.probabilities[event]!;
        weights[event] = weights[event]! + share * attention.gate * attention.weights[event]!;
      }
    }
    for (let event = 0; event < events; event++) {
      const start = source.items[event]! * features.dim;
      for (let i = 0; i < features.dim; i++) {
        vector[i] = vector[i]! + weights[event]! * features.directions[start + i]!;
      }
    }
  }
  return { vector, gate, probabilities, weights };
}
