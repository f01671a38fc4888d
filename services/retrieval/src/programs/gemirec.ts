import { prepareKernels } from '@isthmus/kernels';
import { type ProgramBundle, parseSpecification } from '@isthmus/learning';
import { openTrainedRecommender } from './training/open-recommender.js';
import { interestFields } from './training/retrieval-settings.js';
import { trainedProgram } from './training/trained-program.js';
import { planWithInterests } from './training/training-plan.js';

/**
 * GemiRec in our reconstruction: an interest dictionary that quantises the items, a posterior over coming interests, and
 * a query for each interest, with the cross-domain representation of the user where the run declares one.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram('gemirec', '1.0.0', (spec, inputs) =>
    planWithInterests(parseSpecification('gemirec', interestFields, spec), inputs),
  ),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
