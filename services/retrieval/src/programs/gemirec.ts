import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { gemirecDesign } from './gemirec/gemirec-design.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/**
 * GemiRec in our reconstruction: an interest dictionary that quantises the items, a posterior over coming interests, and
 * a query for each interest, with the cross-domain representation of the user where the run declares one.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(gemirecDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
