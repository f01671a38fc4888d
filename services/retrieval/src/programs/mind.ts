import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { mindDesign } from './peers/interest-designs.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/** A peer: MIND, several vectors a user by dynamic routing with one map. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(mindDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
