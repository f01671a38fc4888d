import { representTarget } from '../domain/causal-representation.js';
import { scoreSource, scoreTargets } from '../domain/causal-scorer.js';
import { baseLogit, pluginLogit, poolHistory } from '../domain/click-heads.js';
import { popularityAt } from '../domain/popularity.js';
import {
  baseItems,
  baseParameters,
  featuresOf,
  graphItems,
  pluginParameters,
  popularityOf,
  scorerParameters,
  tensorNames,
} from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { targetRows } from './target-rows.js';
import { bytes, type TensorMap } from './tensor-map.js';

/** A user at a moment, and target items to be scored. */
export interface ClickQuery {
  readonly timeMs: number;
  /** Items of the latest source events, oldest first. */
  readonly sourceItems: Uint32Array;
  /** Target rows of the latest target events. */
  readonly targetHistory: Uint32Array;
  /** Items of the target domain. */
  readonly candidates: Uint32Array;
}

/** Logits of both heads. */
export interface ClickLogits {
  readonly targetOnly: number;
  /** The same plus what the representation adds; the same bits where the user has no source events. */
  readonly withRepresentation: number;
}

/** Both click heads over the given parameters. */
export function createClickScorer(
  shape: ModelShape,
  tensors: TensorMap,
  recentMs: number,
): (query: ClickQuery) => readonly ClickLogits[] {
  const features = featuresOf(shape, tensors);
  const scorer = scorerParameters(shape, tensors);
  const base = baseParameters(tensors);
  const ownItems = baseItems(shape, tensors);
  const items = graphItems(shape, tensors);
  const plugin = pluginParameters(tensors);
  const popularity = popularityOf(tensors, recentMs);
  const { rows } = targetRows(bytes(tensors, tensorNames.itemDomains), shape.targetDomain);
  return ({ timeMs, sourceItems, targetHistory, candidates }) => {
    const user = poolHistory(base, ownItems, targetHistory);
    const source = scoreSource(scorer, features, sourceItems);
    const targets = {
      features,
      rows: candidates,
      projections: scoreTargets(scorer, features, candidates),
    };
    return Array.from(candidates, (item, place) => {
      const row = rows[item]!;
      if (row === undefined || row < 0) throw new RangeError(`item ${item} is not of the target domain`);
      const { vector, attention } = representTarget(scorer, features, source, targets, place);
      const targetOnly = baseLogit(base, ownItems, user, row, popularityAt(popularity, row, timeMs));
      const added = pluginLogit(plugin, items, vector, attention.gate, attention.strongest, item);
      return { targetOnly, withRepresentation: targetOnly + added };
    });
  };
}
