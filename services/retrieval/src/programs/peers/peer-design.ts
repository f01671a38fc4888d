import { gatherRows, mul, type Objective, type Tensor } from '@isthmus/kernels';
import { type JsonObject, parseSpecification, type SpecFields, type SpecOf } from '@isthmus/learning';
import { encoderOf } from '../../model/encoders.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import type { Negatives } from '../training/negatives.js';
import type { LossPass, RetrievalDesign } from '../training/retrieval-design.js';
import { sampledSoftmax } from '../training/sampled-softmax.js';
import type { TrainingBatch } from '../training/training-batch.js';
import { type TrainingNumbers, trainingPlan } from '../training/training-plan.js';
import { hardReadOut } from './hard-read-out.js';
import type { PeerSettings, peerFields } from './peer-settings.js';

/** What makes a peer. */
export interface PeerParts<Fields extends SpecFields> {
  readonly name: string;
  readonly version: string;
  readonly fields: Fields;
  /** Its part of the shape. */
  shape(
    settings: SpecOf<Fields>,
  ): Pick<RetrievalShape, 'encoder'> & Partial<Omit<RetrievalShape, 'encoder' | 'dim' | 'maxLength'>>;
  /** Places of a sequence that are rows of a step; 0 for all. */
  cuts?(settings: SpecOf<Fields>): number;
  /** By default {@link readOutLoss}. */
  loss?(step: PeerStep, pass: LossPass, settings: SpecOf<Fields>): Objective<string>;
}

/** What a peer's loss is about. */
export interface PeerStep {
  readonly shape: RetrievalShape;
  readonly batch: TrainingBatch;
  readonly negatives: Negatives;
}

/** A peer: an encoder whose vectors are the queries, and sampled softmax as everywhere. */
export function peerDesign<Fields extends typeof peerFields>(
  parts: PeerParts<Fields>,
): RetrievalDesign<TrainingNumbers & SpecOf<Fields>> {
  const { name, version, fields, loss = readOutLoss } = parts;
  return {
    name,
    version,
    popularityCoordinate: false,
    plan(spec: JsonObject, inputs) {
      const settings = parseSpecification(name, fields, spec) as PeerSettings & SpecOf<Fields>;
      const { vectors = 1, heads = 1 } = parts.shape(settings);
      if (settings.dim % heads !== 0)
        throw new Error(`'heads' has to divide 'dim': ${heads} does not divide ${settings.dim}`);
      const choice = { interests: vectors, representationDigest: null, dictionaryPhaseSteps: 0 };
      return trainingPlan(settings, choice, inputs);
    },
    shape(numbers, crossDim) {
      const { dim, maxLength, hidden } = numbers;
      return { dim, maxLength, heads: 1, hidden, crossDim, codes: [], ...parts.shape(numbers) };
    },
    batch: (numbers) => ({
      maxLength: numbers.maxLength,
      window: 1,
      historyDropout: 0,
      firstEvents: (numbers as PeerSettings).firstEvents,
      cuts: parts.cuts?.(numbers) ?? 0,
    }),
    step: ({ shape, batch, negatives, numbers }) => ({
      loss: (pass) => loss({ shape, batch, negatives }, pass, numbers),
    }),
  };
}

/** Sampled softmax of the vector that suits the target best. */
function readOutLoss(step: PeerStep, pass: LossPass): Objective<string> {
  const { queries, positives } = readOut(step, pass);
  const retrieval = sampledSoftmax(queries, pass.table, positives, step.negatives, pass.at);
  return { value: retrieval, outputs: { retrieval: mul(retrieval, 1) } };
}

function readOut(
  { shape, batch }: PeerStep,
  { model, table, at, drop }: LossPass,
): { readonly queries: Tensor; readonly positives: Tensor } {
  const { users, length, places } = batch;
  const histories = { users, length, rows: at(batch.histories), codes: [], places };
  const vectors = encoderOf(shape).forward(model, shape, table, histories, drop);
  const positives = gatherRows(table, at(batch.targets));
  return { queries: hardReadOut(vectors, positives), positives };
}
