import { type ModelFiles, type Plan, type TrainingState, tensorOfType } from '@isthmus/learning';

import { encodeModel } from '../../model/model-files.js';
import { featuresOf, tensorNames } from '../../model/model-parts.js';
import { doubles, floats, integers } from '../../model/tensor-map.js';
import { contentDimOf } from './phase.js';
import { shapeOf, valuesOf } from './plan.js';
import { vectorTensors } from './vector-phase.js';

/** Counters that the model's own report shows. */
const reported = /^(train|validate|labels|samples|window|content)\//;

/** The files of the trained model. */
export function exportModel(
  program: { readonly name: string; readonly version: string },
  plan: Plan,
  state: TrainingState,
): ModelFiles {
  const values = valuesOf(plan);
  const contentDim = contentDimOf(values, state);
  const shape = shapeOf(values, contentDim);
  const offsets = integers(state.tensors, vectorTensors.offsets);
  const cutMs = doubles(state.tensors, vectorTensors.cuts).slice();
  for (let record = 0; record < values.users; record++) {
    cutMs[offsets[record + 1]! - 1] = Number.POSITIVE_INFINITY;
  }
  const figures = [...state.counters]
    .filter(([name]) => reported.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return encodeModel(
    {
      program,
      shape,
      items: values.items,
      prototypes: tensorOfType(state, tensorNames.prototypeShares, 'float64').data.length,
      hasContent: contentDim > 0,
      recentMs: state.counters.get('window/recent-ms')!,
      figures: Object.fromEntries(figures),
    },
    state.tensors,
    {
      dim: values.dim,
      offsets,
      cutMs,
      gates: floats(state.tensors, vectorTensors.gates),
      vectors: floats(state.tensors, vectorTensors.values),
      eventOffsets: integers(state.tensors, vectorTensors.eventOffsets),
      events: floats(state.tensors, vectorTensors.events),
      items: featuresOf(shape, state.tensors).directions,
    },
  );
}
