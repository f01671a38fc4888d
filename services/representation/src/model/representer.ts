import {
  type Prototypes,
  type RepresentationParameters,
  representUser,
  type UserRepresentation,
} from '../domain/causal-representation.js';
import { type ScoredSource, scoreSource, scoreTargets } from '../domain/causal-scorer.js';
import type { ItemFeatures } from '../domain/item-features.js';
import { featuresOf, representationParameters, tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { doubles, floats, type TensorMap } from './tensor-map.js';

/** The function that is attested and served: source items in, representation out. */
export interface Representer {
  readonly features: ItemFeatures;
  readonly parameters: RepresentationParameters;
  readonly prototypes: Prototypes;
  /** The source half of the score, for items of source events, oldest first. */
  source(items: Uint32Array): ScoredSource;
  /** The user as a whole. */
  user(source: ScoredSource): UserRepresentation;
}

/** Readies the function over the given parameters: prototypes are projected once. */
export function createRepresenter(shape: ModelShape, tensors: TensorMap): Representer {
  const features = featuresOf(shape, tensors);
  const parameters = representationParameters(shape, tensors);
  const prototypes = prototypesOf(shape, tensors, parameters);
  return {
    features,
    parameters,
    prototypes,
    source: (items) => scoreSource(parameters.scorer, features, items),
    user: (source) => representUser(parameters, features, source, prototypes),
  };
}

function prototypesOf(
  shape: ModelShape,
  tensors: TensorMap,
  parameters: RepresentationParameters,
): Prototypes {
  const features = {
    dim: shape.dim,
    contentDim: shape.contentDim,
    directions: floats(tensors, tensorNames.prototypeDirections),
    content: floats(tensors, tensorNames.prototypeContent),
  };
  const shares = doubles(tensors, tensorNames.prototypeShares);
  const rows = Uint32Array.from(shares.keys());
  const projections = scoreTargets(parameters.scorer, features, rows);
  return { targets: { features, rows, projections }, shares };
}
