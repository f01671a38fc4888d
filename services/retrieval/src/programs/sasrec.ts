import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { sasrecDesign } from './peers/sasrec-design.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/** A peer: SASRec, one vector a user from causal self-attention. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(sasrecDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
