import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { evaluateRecommender } from '../evaluation/evaluate-recommender.js';
import { countPopularity } from '../evaluation/popularity.js';
import { topItems } from '../evaluation/top-items.js';
import { openInteractions } from '../interactions/committed-interactions.js';
import { describeInteractions } from '../interactions/description.js';
import {
  countEvents,
  type InteractionData,
  itemsOfDomain,
  withHistories,
} from '../interactions/interaction-data.js';
import { createMemoryInputs } from '../interactions/memory-inputs.js';
import { positionsOfDomain } from '../interactions/user-history.js';
import { withoutValidation } from '../interactions/validation-part.js';
import { splitColdStart } from '../splits/cold-start-split.js';
import { splitComiRec } from '../splits/comirec-split.js';
import type { EvaluationTargets } from '../splits/evaluation-targets.js';
import { readDataDirectory } from './data-directory.js';

/** Public data beside the repository, which is never copied into it. */
const root = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const salt = new Uint8Array(16).fill(3);
/** The largest file has 284,086 events; a busy machine takes its time. */
const TIMEOUT_MS = 120_000;

function onData(name: string, sentence: string, test: (directory: string) => Promise<void>): void {
  const directory = `${root}${name}`;
  if (existsSync(directory)) it(`${name} ${sentence}`, () => test(directory), TIMEOUT_MS);
  else it.skip(`${name} ${sentence} (skipped: ../shared/data/${name} is not there)`, () => undefined);
}

function popularityRecall(training: InteractionData, targets: EvaluationTargets, domain: number, k: number) {
  const counts = countPopularity(training, { targetDomain: domain });
  const items = itemsOfDomain(training.catalogue, domain);
  const recommend = (_: number, count: number, seen: ReadonlySet<number>) =>
    topItems(counts, count, seen, items);
  return evaluateRecommender({ recommend }, targets, { k: [k] }).mean;
}

describe('public data', () => {
  onData(
    'amazon-food-kitchen',
    'has the events and the popularity figures that are documented',
    async (directory) => {
      const { data } = await readDataDirectory(directory, { salt });
      expect(data.catalogue.domains).toEqual(['food', 'kitchen']);
      expect([data.users.length, data.catalogue.items.length, countEvents(data)]).toEqual([
        7_144, 28_095, 173_548,
      ]);
      // Within the spread of seeds of the documented cold-start anchors: .0530/.0571 and .0524/.0568.
      const { training, test } = splitColdStart(data, { targetDomain: 'food', seed: 1 });
      const mean = popularityRecall(training, test, 0, 20);
      expect(mean['recall@20']).toBeCloseTo(0.053, 2);
      expect(mean['ndcg@20']).toBeCloseTo(0.057, 2);
    },
  );

  onData('ciao', 'gives the pair of domains that is asked for', async (directory) => {
    const { data, otherDomainEvents } = await readDataDirectory(directory, {
      salt,
      domains: ['DVDs', 'Books'],
    });
    expect(countEvents(data) + otherDomainEvents).toBe(284_086);
    const overlapping = data.users.filter(({ history }) => {
      const dvds = positionsOfDomain(history, 0).length;
      return dvds > 0 && dvds < history.length;
    });
    expect(overlapping.length).toBe(2_391);
  });

  onData('ml-latest-small', 'has its genres as tokens', async (directory) => {
    const { data } = await readDataDirectory(directory, { salt });
    expect([data.users.length, countEvents(data)]).toEqual([610, 100_836]);
    expect(data.catalogue.items[0]!.tokens).toEqual([
      'Adventure',
      'Animation',
      'Children',
      'Comedy',
      'Fantasy',
    ]);
  });

  onData('amazon-beauty', 'has the documented popularity figures on the ComiRec split', async (directory) => {
    const { data } = await readDataDirectory(directory, { salt });
    const { training, test, split } = splitComiRec(data);
    expect(test.users.length).toBe(2_237);
    const targetDomain = data.catalogue.domains[0]!;
    const inputs = createMemoryInputs(training, describeInteractions(training, { targetDomain, split }));
    const learnt = withoutValidation(openInteractions(inputs));
    const learning = withHistories(training, (_, record) => learnt.history(record));
    const mean = popularityRecall(learning, test, 0, 50);
    const figures = [mean['recall@50'], mean['ndcg@50'], mean['hitRate@50']].map((value) =>
      value!.toFixed(4),
    );
    expect(figures).toEqual(['0.0420', '0.0145', '0.0778']);
  });
});
