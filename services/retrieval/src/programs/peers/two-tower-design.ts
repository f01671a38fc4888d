import { gatherRows, mul } from '@isthmus/kernels';
import { parseSpecification } from '@isthmus/learning';
import { encoderOf } from '../../model/encoders.js';
import { queryVectors, userVectors } from '../../model/user-state.js';
import type { RetrievalDesign } from '../training/retrieval-design.js';
import { commonFields } from '../training/retrieval-settings.js';
import { sampledSoftmax } from '../training/sampled-softmax.js';
import { trainingPlan } from '../training/training-plan.js';

/** One vector a user, from the mean of the history, and nothing from other domains. */
export const twoTowerDesign: RetrievalDesign = {
  name: 'two-tower',
  version: '1.0.0',
  popularityCoordinate: true,
  plan: (spec, inputs) =>
    trainingPlan(
      parseSpecification('two-tower', commonFields, spec),
      { interests: 1, representationDigest: null, dictionaryPhaseSteps: 0 },
      inputs,
    ),
  shape: ({ dim, maxLength, hidden }, crossDim) => ({
    encoder: 'mean',
    dim,
    maxLength,
    heads: 1,
    hidden,
    crossDim,
    codes: [],
  }),
  batch: ({ maxLength }) => ({ maxLength, window: 1, historyDropout: 0, firstEvents: true, cuts: 0 }),
  step: ({ shape, batch, negatives }) => ({
    loss({ model, table, at, drop }) {
      const { users, length, places } = batch;
      const histories = { users, length, rows: at(batch.histories), codes: [], places };
      const states = encoderOf(shape).forward(model, shape, table, histories, drop);
      const queries = queryVectors(userVectors(model, states));
      const retrieval = sampledSoftmax(queries, table, gatherRows(table, at(batch.targets)), negatives, at);
      return { value: retrieval, outputs: { retrieval: mul(retrieval, 1) } };
    },
  }),
};
