import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { comirecSaDesign } from './peers/interest-designs.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/** A peer: ComiRec-SA, several vectors a user by attention pooling. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(comirecSaDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
