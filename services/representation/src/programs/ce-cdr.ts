import { prepareKernels } from '@isthmus/kernels';
import type { ProgramBundle } from '@isthmus/learning';

import { openClickModel } from '../model/open-click-model.js';
import { openRecommender } from '../model/open-recommender.js';
import { ceCdrProgram } from './ce-cdr/ce-cdr-program.js';

/** The module of the program `ce-cdr`. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: ceCdrProgram,
  prepare: prepareKernels,
  openRecommender,
  openClickModel,
};
