import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { comirecDrDesign } from './peers/interest-designs.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/** A peer: ComiRec-DR, several vectors a user by dynamic routing. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(comirecDrDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
