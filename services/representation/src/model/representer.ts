import { type Prototypes, representUser, type UserRepresentation } from '../domain/causal-representation.js';
import {
  type ScoredSource,
  type ScorerParameters,
  scoreSource,
  scoreTargets,
} from '../domain/causal-scorer.js';
import type { ItemFeatures } from '../domain/item-features.js';
import { featuresOf, scorerParameters, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { doubles, floats, type TensorMap } from './tensor-map.js';

/** The function that is attested and served: source items in, representation out. */
export interface Representer {
  readonly features: ItemFeatures;
  readonly scorer: ScorerParameters;
  readonly prototypes: Prototypes;
  /** The source half of the score, for items of source events, oldest first. */
  source(items: Uint32Array): ScoredSource;
  /** The user as a whole. */
  user(source: ScoredSource): UserRepresentation;
}

/** Readies the function over the given parameters: prototypes are projected once. */
export function createRepresenter(shape: ModelShape, tensors: TensorMap): Representer {
  const features = featuresOf(shape, tensors);
  const scorer = scorerParameters(shape, tensors);
  const prototypes = prototypesOf(shape, tensors, scorer);
  return {
    features,
    scorer,
    prototypes,
    source: (items) => scoreSource(scorer, features, items),
    user: (source) => representUser(scorer, features, source, prototypes),
  };
}

function prototypesOf(shape: ModelShape, tensors: TensorMap, scorer: ScorerParameters): Prototypes {
  const features = {
    dim: shape.dim,
    contentDim: shape.contentDim,
    directions: floats(tensors, tensorNames.prototypeDirections),
    content: floats(tensors, tensorNames.prototypeContent),
  };
  const shares = doubles(tensors, tensorNames.prototypeShares);
  const rows = Uint32Array.from(shares.keys());
  const projections = scoreTargets(scorer, features, rows);
  return { targets: { features, rows, projections }, shares };
}
