import { counter, createRandom, setTensor } from '@isthmus/learning';

import { type Adjacency, factorSweep } from '../../domain/implicit-factors.js';
import { tensorNames } from '../../model/model-parts.js';
import { targetRows } from '../../model/target-rows.js';
import { bytes, floats } from '../../model/tensor-map.js';
import type { Phase, PhaseContext } from './phase.js';
import type { CeCdrValues } from './plan.js';

/** A step is a whole sweep; a sweep reads every history. */
const graphs = {
  /** Items of all domains: what the representation stands on. */
  union: { tensor: tensorNames.factors, targetOnly: false },
  /** Target items and target events only: what the base head stands on. */
  target: { tensor: tensorNames.baseFactors, targetOnly: true },
} as const;

/** The graph encoder on the earlier part of the window. */
export const graphPhase: Phase = sweepPhase('graph', graphs.union, false);
/** The base head's factors on the earlier part of the window. */
export const baseGraphPhase: Phase = sweepPhase('base-graph', graphs.target, false);
/** The trained space carried over to the whole window: a few more sweeps from where the factors stand. */
export const refreshPhase: Phase = sweepPhase('refresh', graphs.union, true);
/** The same for the base head. */
export const baseRefreshPhase: Phase = sweepPhase('base-refresh', graphs.target, true);

function sweepPhase(
  name: string,
  graph: { readonly tensor: string; readonly targetOnly: boolean },
  wholeWindow: boolean,
): Phase {
  return {
    name,
    steps: (values) => (wholeWindow ? values.refreshSweeps : values.graphSweeps),
    run(context, index) {
      const { values, state } = context;
      const factors = wholeWindow || index > 0 ? undefined : initialFactors(context, graph);
      // A new table, not the old one changed: what was derived from the old one stays true.
      const items = factors ?? floats(state.tensors, graph.tensor).slice();
      factorSweep(adjacency(context, graph.targetOnly, wholeWindow), items, factorSettings(values));
      setTensor(state, graph.tensor, [items.length / values.dim, values.dim], items);
    },
  };
}

function initialFactors(
  { values, shape, state, seed }: PhaseContext,
  graph: { readonly tensor: string; readonly targetOnly: boolean },
): Float32Array {
  const domains = bytes(state.tensors, tensorNames.itemDomains);
  const rows = graph.targetOnly ? targetRows(domains, shape.targetDomain).items.length : values.items;
  return createRandom(seed, `${graph.tensor}/initial`).fillNormal(
    new Float32Array(rows * values.dim),
    0,
    0.05,
  );
}

/** Different items of every user, as far as they are learnt from, up to the cut or over the whole window. */
export function adjacency(
  { values, shape, state, data }: PhaseContext,
  targetOnly: boolean,
  wholeWindow: boolean,
): Adjacency {
  const { rows } = targetRows(bytes(state.tensors, tensorNames.itemDomains), shape.targetDomain);
  const cutMs = wholeWindow ? Number.POSITIVE_INFINITY : counter(state, 'window/cut-ms');
  const roles = [...values.sourceDomains, values.targetDomain];
  const offsets = new Uint32Array(data.users + 1);
  const neighbours: number[] = [];
  for (let record = 0; record < data.users; record++) {
    const history = data.history(record);
    const seen = new Set<number>();
    for (let position = 0; position < history.length; position++) {
      if (history.timestampsMs[position]! >= cutMs) break;
      const item = history.items[position]!;
      if (targetOnly ? rows[item]! < 0 : !roles.includes(history.domains[position]!)) continue;
      seen.add(targetOnly ? rows[item]! : item);
    }
    neighbours.push(...seen);
    offsets[record + 1] = neighbours.length;
  }
  return { offsets, neighbours: Uint32Array.from(neighbours) };
}

export function factorSettings(values: CeCdrValues) {
  return { dim: values.dim, alpha: values.graphAlpha, regularisation: values.graphRegularisation };
}
