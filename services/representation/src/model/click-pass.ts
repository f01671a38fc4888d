import { add, type Tensor } from '@isthmus/kernels';
import { representTargets, type TargetRepresentations } from './causal-representation.js';
import { causalScores, type ScorerTensors } from './causal-scorer.js';
import {
  type BaseTensors,
  type BaseUsers,
  baseLogits,
  type HeadRows,
  type PluginTensors,
  pluginLogits,
} from './click-heads.js';
import type { EventTargetPairs } from './event-target-pairs.js';
import type { ItemRows } from './item-rows.js';

/** Parameters of a click model. */
export interface ClickTensors {
  readonly scorer: ScorerTensors;
  readonly base: BaseTensors;
  readonly plugin: PluginTensors;
}

/** What a pass reads of items and users. */
export interface ClickRows {
  /** Items of the source events, and their potency `[events, 1]`. */
  readonly sources: ItemRows;
  readonly potency: Tensor;
  /** Candidates as the scorer sees them. */
  readonly targets: ItemRows;
  /** Candidates in the space of all domains, and in that of the target domain. */
  readonly union: HeadRows;
  readonly own: HeadRows;
  readonly users: BaseUsers;
}

/** What a pass gives. */
export interface ClickPass {
  /** Causal scores, `[events, targets]`. */
  readonly scores: Tensor;
  readonly representations: TargetRepresentations;
  /** Logits of the head that knows the target domain only, `[users, targets]`. */
  readonly targetOnly: Tensor;
  /** The same plus what the representation adds; the same bits where the user has no source events. */
  readonly withRepresentation: Tensor;
}

/**
 * The whole model: causal scores, attention, gate, representation, and both click heads. Training differentiates it, evaluation
 * and serving run it.
 *
 * @param standing what the second head adds to, made of the first one's logits; training lets no gradient through
 */
export function clickPass(
  { scorer, base, plugin }: ClickTensors,
  pairs: EventTargetPairs,
  rows: ClickRows,
  standing: (logits: Tensor) => Tensor = (logits) => logits,
): ClickPass {
  const scores = causalScores(scorer, pairs, rows.sources, rows.potency, rows.targets);
  const representations = representTargets(pairs.layout, scores, rows.sources.directions);
  const targetOnly = baseLogits(base, pairs, rows.users, rows.own);
  const added = pluginLogits(plugin, pairs, representations, rows.union);
  return { scores, representations, targetOnly, withRepresentation: add(standing(targetOnly), added) };
}
