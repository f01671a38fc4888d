import type { JsonObject } from '@isthmus/proof';
import type { Study, StudyProgram, StudyRow } from './study-definition.js';

/**
 * What every trained program gets, ours and the peers: the same width, histories, batches, negatives, most epochs and stopping
 * rule. What is not here is the program's own default.
 */
const budget: JsonObject = {
  dim: 64,
  maxLength: 50,
  hidden: 128,
  batchSize: 256,
  uniformNegatives: 1024,
  batchNegatives: 0,
  learningRate: 2e-3,
  dropout: 0.5,
  warmUpSteps: 300,
  maxEpochs: 30,
  evaluateEpochs: 2,
  patience: 4,
  validationUsers: 4000,
  content: false,
  prior: false,
};

/** Counting of pairs that also knows what is popular at the moment. */
const recencyOn: NonNullable<StudyProgram['specOn']> = {
  movietweetings: { recencyDays: 3, pairFloor: 0.03 },
  'food-warm': { recencyDays: 14 },
  'kitchen-warm': { recencyDays: 14 },
};

const withRecency: readonly StudyProgram[] = ['item-knn', 'sequence-rules'].map((program) => ({
  name: `${program}+recency`,
  program,
  role: 'peer',
  spec: {},
  specOn: recencyOn,
  deterministic: true,
  rows: Object.keys(recencyOn),
}));

/** What an item is and what counting knows beside the model: what ours may use, and the strongest peers, too. */
const beside: JsonObject = { content: true, prior: true };

/** Few users with long histories: smaller batches, so that an epoch has steps enough. */
const bothDomains: JsonObject = { histories: 'all', batchSize: 64 };

/** Six rows that are to be won, with the history left out; and the split that ComiRec's figures are known on. */
const rows: readonly StudyRow[] = [
  { name: 'movietweetings', folder: 'movietweetings', split: 'leave-last-out', counts: true },
  {
    name: 'online-retail',
    folder: 'online-retail',
    split: 'leave-last-out',
    firstOnly: true,
    spec: { batchSize: 64 },
    counts: true,
  },
  {
    name: 'food-warm',
    folder: 'amazon-food-kitchen',
    split: 'warm',
    sourceDomain: 'kitchen',
    targetDomain: 'food',
    spec: bothDomains,
    counts: true,
  },
  {
    name: 'kitchen-warm',
    folder: 'amazon-food-kitchen',
    split: 'warm',
    sourceDomain: 'food',
    targetDomain: 'kitchen',
    spec: bothDomains,
    counts: true,
  },
  { name: 'beauty', folder: 'amazon-beauty', split: 'leave-last-out', counts: true },
  { name: 'sports', folder: 'amazon-sports', split: 'leave-last-out', counts: true },
  { name: 'beauty-comirec', folder: 'amazon-beauty', split: 'comirec', counts: false },
];

/** Settings of counting programs that validation prefers on some rows. */
const countingOn: { readonly [program: string]: StudyProgram['specOn'] } = {
  'recent-popularity': {
    movietweetings: { windowDays: 2 },
    'online-retail': { windowDays: 3 },
    'food-warm': { windowDays: 30 },
    'kitchen-warm': { windowDays: 14 },
  },
  'sequence-rules': { sports: { decay: 0.6 } },
  'item-knn': { 'kitchen-warm': { shrinkage: 20, decay: 0.8, sourceExponent: 0.7 } },
};

/** Counting programs, whose seed draws the validation users only. */
const counting: readonly StudyProgram[] = [
  'popularity',
  'recent-popularity',
  'item-knn',
  'markov',
  'sequence-rules',
].map((program) => ({
  name: program,
  program,
  role: 'peer',
  spec: {},
  deterministic: true,
  ...(countingOn[program] && { specOn: countingOn[program] }),
}));

const plain: readonly StudyProgram[] = [
  'two-tower',
  'sasrec',
  'mind',
  'comirec-sa',
  'comirec-dr',
  'remi',
].map((program) => ({ name: program, program, role: 'peer', spec: budget }));

const withCounting: readonly StudyProgram[] = ['sasrec', 'comirec-sa'].map((program) => ({
  name: `${program}+counting`,
  program,
  role: 'peer',
  spec: { ...budget, ...beside },
}));

const gemirec = (name: string, role: StudyProgram['role'], spec: JsonObject, on?: readonly string[]) => ({
  name,
  program: 'gemirec',
  role,
  spec: { ...budget, ...beside, crossDomain: false, interests: 32, window: 1, movingEpochs: 7, ...spec },
  ...(on === undefined ? {} : { rows: on }),
});

/** Rows on which modules are left out. */
const ablated = ['food-warm', 'movietweetings'];

const ours: readonly StudyProgram[] = [
  gemirec('gemirec', 'ours', {}),
  // Faults of several interests are compared at the number that the peers have.
  ...[1, 2, 4, 8].map((k) => gemirec(`gemirec-k${k}`, 'ablation', { interests: k })),
  gemirec('gemirec-tree', 'peer', { dictionary: 'tree' }),
  gemirec('gemirec-without-counting', 'ablation', { content: false, prior: false }),
  gemirec('gemirec-without-hard-negatives', 'ablation', { rivalsFrom: 'catalogue' }, ablated),
  gemirec('gemirec-sum', 'ablation', { interestEmbedding: 'sum' }, ablated),
  gemirec('gemirec-gradient-codes', 'ablation', { codeLearning: 'gradient' }, ablated),
  gemirec('gemirec-still-codes', 'ablation', { codeLearning: 'still' }, ablated),
];

/** The results of retrieval: every table of `docs/results/retrieval.md`. */
export const retrievalStudy: Study = {
  name: 'retrieval',
  title: 'Retrieval: GemiRec and its peers',
  notes: [
    'Full catalogue, history left out of the ranking unless a table says otherwise; `ndcg` is the textbook’s, `ndcgPeer` that of ComiRec’s code. Mean and standard deviation over the seeds; differences have 95 % intervals that resample users and seeds. Counting programs have one run, because the seed decides nothing of them.',
    'Novel interests, known interests and coverage are told by one frozen partition of the items: k-means of item-kNN factors of the training part, 64 groups, seed 1. Cold items have fewer than five training events.',
    'food-warm and kitchen-warm: histories of both domains, the cross-domain representation off. online-retail: targets are first purchases. Beauty and sports carry an artefact of order, so no claim rests on those two alone.',
    'Trials: configurations of the program that `docs/results/trials.jsonl` holds for this data, all chosen on validation.',
  ],
  command: 'npm run results:retrieval',
  rows,
  programs: [...counting, ...withRecency, ...plain, ...withCounting, ...ours],
  seeds: [1, 2, 3],
};
