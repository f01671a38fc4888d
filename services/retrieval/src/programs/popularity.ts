import { countingProgram } from './counting/counting-program.js';
import { commonFields } from './counting/counting-settings.js';

/** A peer: the items of the target domain by the number of their training events, the same for everybody. */
export const bundle = countingProgram({
  name: 'popularity',
  version: '2.0.0',
  fields: commonFields,
  reset: () => {},
  count: () => {},
  header: () => ({
    scorer: 'popularity',
    sources: 'target',
    maxLength: 1,
    decay: 0,
    shrinkage: 0,
    window: null,
    recency: null,
  }),
  tensors: () => new Map(),
});
