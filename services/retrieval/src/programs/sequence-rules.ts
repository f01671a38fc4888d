import { choiceField, integerField, type SpecOf } from '@isthmus/learning';
import { countingProgram } from './counting/counting-program.js';
import { decayField, pairFields, weightFields } from './counting/counting-settings.js';
import { pairRule } from './counting/pair-rule.js';

const fields = {
  ...pairFields,
  ...weightFields({ sourceExponent: 0, targetExponent: 0, shrinkage: 0 }),
  decay: decayField(0.3),
  /** Events after an item within which an item follows it. */
  window: integerField(10, { min: 1, max: 200 }),
  /** What a follower weighs: one over the events between, the next one included, or all the same. */
  gapWeight: choiceField('inverse', ['inverse', 'uniform']),
};

/**
 * A peer: sequence rules (Ludewig and Jannach 2018). An item and what follows it within a window, nearer followers weighing
 * more; all events of a history vote, earlier ones less by `decay`.
 */
export const bundle = countingProgram(
  pairRule<SpecOf<typeof fields>>({
    name: 'sequence-rules',
    version: '1.0.0',
    fields,
    complete: (chosen) => chosen,
    pairs: ({ window, gapWeight }) => ({ kind: 'following', window, gapWeight }),
  }),
);
