import {
  type InputInfo,
  integerField,
  type JsonObject,
  numberField,
  type Plan,
  parseDescription,
  parseSpecification,
  type SpecOf,
} from '@isthmus/learning';

import type { ModelShape } from '../../model/model-shape.js';

/** What a person may write in a specification of `ce-cdr`, with defaults and ranges. */
const fields = {
  /** Width of factors and representations. */
  dim: integerField(32, { min: 4, max: 256 }),
  /** Width of content vectors. */
  contentDim: integerField(16, { min: 2, max: 256 }),
  /** Rank of the scorer. */
  rank: integerField(24, { min: 1, max: 256 }),
  /** Latest source events and latest target events that are looked at. */
  maxSourceEvents: integerField(50, { min: 1, max: 1_000 }),
  maxTargetEvents: integerField(50, { min: 1, max: 1_000 }),

  /** Content encoder: steps, batch, hash buckets, learning rate. */
  contentSteps: integerField(300, { min: 0, max: 100_000 }),
  contentBatch: integerField(128, { min: 1, max: 10_000 }),
  contentBuckets: integerField(4_096, { min: 16, max: 1_000_000 }),
  contentRate: numberField(0.02, { min: 1e-6, max: 1 }),

  /** Graph encoder: confidence, ridge, sweeps, sweeps over the whole window at the end. */
  graphAlpha: numberField(10, { min: 0.01, max: 1_000 }),
  graphRegularisation: numberField(50, { min: 1e-3, max: 10_000 }),
  graphSweeps: integerField(6, { min: 1, max: 100 }),
  refreshSweeps: integerField(2, { min: 0, max: 100 }),
  /** Share of the events, the earliest, that the graph is built of while the rest is trained on. */
  graphShare: numberField(0.85, { min: 0.1, max: 0.95 }),

  /** Labels: share of content in the similarity, quantile of the threshold, random pairs that it is taken from. */
  contentShare: numberField(0.5, { min: 0, max: 1 }),
  thresholdQuantile: numberField(0.98, { min: 0.5, max: 1 }),
  thresholdPairs: integerField(50_000, { min: 100, max: 10_000_000 }),
  propensityTemperature: numberField(0.1, { min: 1e-3, max: 10 }),
  propensityFloor: numberField(0.1, { min: 1e-4, max: 1 }),
  propensityClip: numberField(0.1, { min: 0, max: 1 }),
  mostCauses: integerField(5, { min: 1, max: 1_000 }),

  /** Joint training. */
  epochs: integerField(6, { min: 1, max: 1_000 }),
  batch: integerField(128, { min: 1, max: 100_000 }),
  negatives: integerField(4, { min: 1, max: 100 }),
  learningRate: numberField(0.003, { min: 1e-6, max: 1 }),
  causalWeight: numberField(0.5, { min: 0, max: 1_000 }),
  validationShare: numberField(0.1, { min: 0, max: 0.5 }),

  /** Prototypes of the target catalogue, and latest cuts of a user that vectors are exported for. */
  prototypes: integerField(32, { min: 1, max: 1_000 }),
  maxCuts: integerField(50, { min: 0, max: 1_000 }),

  /** Steps of a segment; items and records of one step of a pass. */
  segmentSteps: integerField(40, { min: 1, max: 100_000 }),
  itemsPerStep: integerField(4_096, { min: 1, max: 1_000_000 }),
  recordsPerStep: integerField(256, { min: 1, max: 1_000_000 }),
};

/** Every number of a run: the specification filled in, and what the data set says of itself. */
export interface CeCdrValues extends SpecOf<typeof fields> {
  readonly domains: readonly string[];
  readonly sourceDomains: readonly number[];
  readonly targetDomain: number;
  readonly users: number;
  readonly items: number;
}

/** The plan of a run. Throws an Error that lists what to correct. */
export function planCeCdr(spec: JsonObject, inputs: InputInfo): Plan {
  const settings = parseSpecification('ce-cdr', fields, spec);
  const interactions = inputs.records.interactions;
  if (interactions === undefined || inputs.records.items === undefined) {
    throw new Error('ce-cdr learns from two record sets: interactions and items');
  }
  const description = parseDescription(interactions.description);
  const { domains, users, items, events } = description;
  if (description.sourceDomains.length === 0) {
    throw new Error(`ce-cdr needs a domain besides the target domain '${description.targetDomain}'`);
  }
  const values: CeCdrValues = {
    ...settings,
    domains,
    sourceDomains: description.sourceDomains.map((name) => domains.indexOf(name)),
    targetDomain: domains.indexOf(description.targetDomain),
    users,
    items,
  };
  const passes =
    2 * Math.ceil(items / settings.itemsPerStep) + Math.ceil(users / settings.recordsPerStep) + 12;
  const sweeps = 2 * (settings.graphSweeps + settings.refreshSweeps);
  const training = settings.epochs * Math.ceil(events / settings.batch);
  return {
    maxSteps: passes + sweeps + settings.contentSteps + training,
    segmentSteps: settings.segmentSteps,
    values: { ...values },
  };
}

/** The numbers of a plan. */
export function valuesOf(plan: Plan): CeCdrValues {
  return plan.values as unknown as CeCdrValues;
}

/** The shape of the model that a plan trains. @param contentDim 0 where the items carry no content */
export function shapeOf(values: CeCdrValues, contentDim: number): ModelShape {
  const { domains, sourceDomains, targetDomain, dim, rank, maxSourceEvents, maxTargetEvents } = values;
  return { domains, sourceDomains, targetDomain, dim, contentDim, rank, maxSourceEvents, maxTargetEvents };
}
