import { booleanField, choiceField, integerField, numberField, type SpecOf } from '@isthmus/learning';

/** What every counting program lets a person choose. */
export const commonFields = {
  /** Users that a step counts. The counts do not depend on it. */
  usersPerStep: integerField(2048, { min: 1, max: 1_000_000 }),
  /** Segments that a run has. */
  segments: integerField(4, { min: 1, max: 1000 }),
  /** Most users of the validation part that are looked at. */
  validationUsers: integerField(4000, { min: 1, max: 100_000 }),
  /**
   * Whether everything is counted anew, with what is held back for validation, after the look at it. Models that train by
   * gradient do not learn from it, so the peers beside them do not either unless told.
   */
  countValidation: booleanField(false),
} as const;

/** What the programs that count pairs of items let a person choose on top. */
export const pairFields = {
  ...commonFields,
  /** Whether events of all domains say something of the target's items, or those of the target domain alone. */
  sources: choiceField('all', ['all', 'target']),
  /** Latest events of a history that are counted, and looked at when it is ranked for. */
  maxLength: integerField(200, { min: 1, max: 2000 }),
  /** Most pairs that are kept of an item, those of the largest weights. */
  neighbours: integerField(2000, { min: 1, max: 1_000_000 }),
  /**
   * Days before the request whose events weigh the items beside the pairs; 0 for none. An item then scores
   * `(pairFloor + s) (0.1 + c)^recencyWeight`, where s is what the pairs say and c its events in the window.
   */
  recencyDays: numberField(0, { min: 0, max: 1e5 }),
  recencyWeight: numberField(1, { min: 0, max: 10 }),
  /** What an item has that no pair leads to. */
  pairFloor: numberField(0.003, { min: 1e-9, max: 1e3 }),
} as const;

/** Numbers that every counting program has. */
export type CommonSettings = SpecOf<typeof commonFields>;

/** Powers of the items' own numbers in the denominator of a weight, and what is added to it. */
export const weightFields = (defaults: {
  readonly sourceExponent: number;
  readonly targetExponent: number;
  readonly shrinkage: number;
}) => ({
  sourceExponent: numberField(defaults.sourceExponent, { min: 0, max: 2 }),
  /** The larger, the less popular items are favoured. */
  targetExponent: numberField(defaults.targetExponent, { min: 0, max: 2 }),
  /** The larger, the less a pair that was seen rarely weighs. */
  shrinkage: numberField(defaults.shrinkage, { min: 0, max: 1e6 }),
});

/** What an event of the history weighs beside the next later one; 0 looks at the last event alone. */
export const decayField = (defaultValue: number) => numberField(defaultValue, { min: 0, max: 1 });
