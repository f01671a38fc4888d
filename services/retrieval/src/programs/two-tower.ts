import { prepareKernels } from '@isthmus/kernels';
import { type ProgramBundle, parseSpecification } from '@isthmus/learning';
import { openTrainedRecommender } from './training/open-recommender.js';
import { commonFields } from './training/retrieval-settings.js';
import { trainedProgram } from './training/trained-program.js';
import { planWithoutInterests } from './training/training-plan.js';

/**
 * A peer: one vector a user, from the mean of the history, and nothing from other domains. Batches, negatives, budget and
 * stopping rule are those of the program with interests.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram('two-tower', '1.0.0', (spec, inputs) =>
    planWithoutInterests(parseSpecification('two-tower', commonFields, spec), inputs),
  ),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
