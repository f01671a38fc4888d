import type { SpecOf } from '@isthmus/learning';
import { countingProgram } from './counting/counting-program.js';
import { pairFields, weightFields } from './counting/counting-settings.js';
import { pairRule } from './counting/pair-rule.js';

const fields = {
  ...pairFields,
  ...weightFields({ sourceExponent: 0, targetExponent: 0, shrinkage: 0 }),
};

/**
 * A peer: the first-order Markov chain. Items by how often they came next after the last item of the history; items that
 * never did, or equally often, by popularity.
 */
export const bundle = countingProgram(
  pairRule<SpecOf<typeof fields>>({
    name: 'markov',
    version: '1.0.0',
    fields,
    complete: (chosen) => ({ ...chosen, decay: 0 }),
    pairs: () => ({ kind: 'following', window: 1, gapWeight: 'inverse' }),
  }),
);
