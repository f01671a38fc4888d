import { booleanField, choiceField, integerField, numberField, type SpecOf } from '@isthmus/learning';

/** What every trained retrieval program lets a person choose. */
export const commonFields = {
  /** Length of item and user vectors. */
  dim: integerField(48, { min: 4, max: 256 }),
  /** Most items of a history. */
  maxLength: integerField(20, { min: 1, max: 200 }),
  /** Width of the hidden layers. */
  hidden: integerField(96, { min: 4, max: 1024 }),
  /** Users of a training step. */
  batchSize: integerField(128, { min: 1, max: 4096 }),
  /** Negatives of a step that are drawn uniformly and shared by its rows. */
  uniformNegatives: integerField(512, { min: 1, max: 65536 }),
  /** Negatives of a step that are targets of its other rows. */
  batchNegatives: integerField(512, { min: 0, max: 65536 }),
  /** Whether scores are corrected by how often an item is to be expected among the negatives; uniform ones alone need no correction. */
  logQ: booleanField(true),
  learningRate: numberField(2e-3, { min: 1e-6, max: 1 }),
  weightDecay: numberField(0, { min: 0, max: 1 }),
  /** Share of values that is dropped while training. */
  dropout: numberField(0.5, { min: 0, max: 0.9 }),
  /** Share that the running averages of the parameters keep in a step; the averages are what is validated and served. */
  averageDecay: numberField(0.99, { min: 0, max: 0.9999 }),
  /**
   * Steps without interests and without early stopping, until items have vectors that are worth quantising. A program
   * without interests has them too, so that neither side is stopped before the other.
   */
  warmUpSteps: integerField(100, { min: 0, max: 1_000_000 }),
  /** Most epochs in all. */
  maxEpochs: integerField(30, { min: 1, max: 10_000 }),
  /** Epochs between two looks at the validation part. */
  evaluateEpochs: integerField(2, { min: 1, max: 1000 }),
  /** Looks without a better score after which training ends. */
  patience: integerField(4, { min: 1, max: 1000 }),
  /** Most users of the validation part that are looked at. */
  validationUsers: integerField(4000, { min: 1, max: 100_000 }),
  /**
   * What a history holds: events of the target domain, or those of all domains in time order, which are then learnt from as next
   * items, too. Items of other domains are never ranked.
   */
  histories: choiceField('target', ['target', 'all']),
  /** Where uniform negatives are drawn from, with `histories` `all`. */
  negativeDomain: choiceField('all', ['all', 'target']),
  /** Whether an item's vector has a part that is the mean of the vectors of its category and tokens. */
  content: booleanField(true),
  /** Whether what was counted is added to the scores of the model, as much as validation shows to be good. */
  prior: booleanField(true),
  /** Days in which an event loses half of its weight in what is popular at a time. */
  popularityHalfLife: numberField(7, { min: 1, max: 1e5 }),
  /** Segments that a run of full length has. */
  segments: integerField(24, { min: 1, max: 1000 }),
} as const;

/** The chosen numbers that every program has. */
export type CommonSettings = SpecOf<typeof commonFields>;
