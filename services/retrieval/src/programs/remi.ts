import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { remiDesign } from './peers/interest-designs.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/** A peer: REMI, the vectors of ComiRec-SA with hard negatives and a routing regulariser. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(remiDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
