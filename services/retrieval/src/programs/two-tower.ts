import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';
import { twoTowerDesign } from './peers/two-tower-design.js';
import { openTrainedRecommender } from './training/open-recommender.js';
import { trainedProgram } from './training/trained-program.js';

/**
 * A peer: one vector a user, from the mean of the history, and nothing from other domains. Batches, negatives, budget and
 * stopping rule are those of the program with interests.
 */
export const bundle: ProgramBundle = {
  abi: 1,
  program: trainedProgram(twoTowerDesign),
  prepare: prepareKernels,
  openRecommender: openTrainedRecommender,
};
