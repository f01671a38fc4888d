import {
  booleanField,
  choiceField,
  integerField,
  integersField,
  numberField,
  type SpecOf,
} from '@isthmus/learning';
import { commonFields } from '../training/retrieval-settings.js';

/** What the program with interests lets a person choose on top. */
export const interestFields = {
  ...commonFields,
  heads: integerField(2, { min: 1, max: 16 }),
  /** Codes of the two levels of the interest dictionary; an empty list has them chosen by the catalogue's size. */
  codes: integersField([], { min: 2, max: 1024, minLength: 0, maxLength: 2 }),
  /** A residual quantiser, or a k-means tree, whose codes stand still. */
  dictionary: choiceField('residual', ['residual', 'tree']),
  /** What an interest's vector is made of its codes': all of them one after the other, or their sum. */
  interestEmbedding: choiceField('concat', ['concat', 'sum']),
  /** Interests that a user is searched with. */
  interests: integerField(16, { min: 1, max: 64 }),
  /** Rivals of each target that are drawn for the loss among the items of an interest. */
  hardNegatives: integerField(32, { min: 1, max: 256 }),
  /** Coming items whose interests the posterior learns to foresee. */
  window: integerField(3, { min: 1, max: 50 }),
  /** Weight of the posterior's loss. */
  posteriorLoss: numberField(0.3, { min: 0, max: 100 }),
  /** Where rivals are drawn from: the interest of the target, or the whole catalogue, which leaves hard negatives out. */
  rivalsFrom: choiceField('interest', ['interest', 'catalogue']),
  /** Weight of the loss among the items of an interest. */
  interestLoss: numberField(1, { min: 0, max: 100 }),
  /** Share of sequences whose history is dropped, so that the other domain alone has to do. */
  historyDropout: numberField(0.2, { min: 0, max: 1 }),
  /** Steps of k-means for each level. */
  dictionarySteps: integerField(10, { min: 1, max: 1000 }),
  /** Epochs between two refreshes of the items' codes. */
  refreshEpochs: integerField(2, { min: 1, max: 1000 }),
  /**
   * Epochs of joint training in which codes move. Then they stand still: what tells the items of an interest apart has to be
   * learnt among the same items for a while.
   */
  movingEpochs: integerField(10, { min: 0, max: 10_000 }),
  /** Share that the running averages of the codes keep in a step. */
  codeDecay: numberField(0.99, { min: 0, max: 1 }),
  /** How codes follow the items in joint training: by running averages, by gradient, or not at all. */
  codeLearning: choiceField('average', ['average', 'gradient', 'still']),
  /** Rate of the codes' gradient descent. */
  codeRate: numberField(0.05, { min: 0, max: 0.5 }),
  /** Codes move until a refresh would change less than this share of the items. */
  frozenChurn: numberField(0.01, { min: 0, max: 1 }),
  /** Largest share of the items whose codes a refresh changes, unless the use of the codes needs more. */
  maxChurn: numberField(0.5, { min: 0, max: 1 }),
  /** Perplexity over codes that the use of each level is balanced to; 0 for no balancing. */
  usageTarget: numberField(0.75, { min: 0, max: 1 }),
  /** Largest penalty of a code that is used much, in mean squared distances of an item to its code. */
  penaltyBound: numberField(1, { min: 0, max: 100 }),
  /** Whether a declared representation is used. */
  crossDomain: booleanField(true),
} as const;

/** The chosen numbers of the program with interests. */
export type InterestSettings = SpecOf<typeof interestFields>;
