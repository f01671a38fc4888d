import type { SpecOf } from '@isthmus/learning';
import { countingProgram } from './counting/counting-program.js';
import { decayField, pairFields, weightFields } from './counting/counting-settings.js';
import { pairRule } from './counting/pair-rule.js';

const fields = {
  ...pairFields,
  ...weightFields({ sourceExponent: 0.5, targetExponent: 0.3, shrinkage: 5 }),
  decay: decayField(0.6),
};

/**
 * A peer: item-kNN (Sarwar et al. 2001). A pair weighs c / (n_j^0.5 n_i^targetExponent + shrinkage), where n counts the users
 * with an item and c those with both; the order of a history counts by `decay` alone.
 */
export const bundle = countingProgram(
  pairRule<SpecOf<typeof fields>>({
    name: 'item-knn',
    version: '1.0.0',
    fields,
    complete: (chosen) => chosen,
    pairs: () => ({ kind: 'basket' }),
  }),
);
