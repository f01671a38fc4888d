import {
  countPopularity,
  createMemoryInputs,
  describeInteractions,
  evaluateRecommender,
  itemsOfDomain,
  leaveLastOut,
  type ProgramBundle,
  simulate,
  smallSimulation,
  topItems,
} from '@isthmus/learning';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { bundle as comirecDr } from '../comirec-dr.js';
import { bundle as comirecSa } from '../comirec-sa.js';
import { bundle as mind } from '../mind.js';
import { bundle as remi } from '../remi.js';
import { bundle as sasrec } from '../sasrec.js';

const { training, test, split } = leaveLastOut(simulate({ ...smallSimulation, users: 900 }).data, {
  targetDomain: 'films',
});
const description = describeInteractions(training, { targetDomain: 'films', split });
const films = training.catalogue.domains.indexOf('films');
const small = {
  dim: 16,
  hidden: 16,
  batchSize: 32,
  uniformNegatives: 64,
  maxLength: 8,
  learningRate: 1e-2,
  maxEpochs: 12,
  // What the model itself has learnt, without what is counted or read.
  content: false,
  prior: false,
};

/** Recall of the first 20 items. */
function recallOf(recommender: Parameters<typeof evaluateRecommender>[0]): number {
  return evaluateRecommender(recommender, test, { k: [20] }).mean['recall@20']!;
}

describe('peers on simulated users', () => {
  let popularity: number;

  beforeAll(async () => {
    await sasrec.prepare();
    const counts = countPopularity(training, { targetDomain: films });
    const items = itemsOfDomain(training.catalogue, films);
    popularity = recallOf({ recommend: (_record, k, seen) => topItems(counts, k, seen, items) });
  });

  it.each([
    ['sasrec', sasrec, { ...small, dropout: 0.2 }],
    ['comirec-sa', comirecSa, { ...small, interests: 3 }],
    // A map of each position and interest is more than so few users can fill.
    ['comirec-dr', comirecDr, { ...small, interests: 1, maxLength: 4 }],
    ['mind', mind, { ...small, interests: 3 }],
    ['remi', remi, { ...small, interests: 3 }],
  ] as const)('%s finds more than what is popular', (_name, bundle: ProgramBundle, spec) => {
    const inputs = createMemoryInputs(training, description);
    const record = (size: number) => ({ size, root: '', description });
    const plan = bundle.program.plan(spec, {
      records: {
        interactions: record(training.users.length),
        items: record(training.catalogue.items.length),
      },
      artefacts: {},
    });
    const seed = new Uint8Array(32).fill(3);
    let state = bundle.program.initialize(plan, seed, inputs);
    while (!bundle.program.finished(plan, state)) state = bundle.program.advance(plan, seed, state, inputs);
    const files = bundle.program.export(plan, state);
    const found = recallOf(bundle.openRecommender!(files, inputs));
    expect(found).toBeGreaterThan(popularity);
  });
});
