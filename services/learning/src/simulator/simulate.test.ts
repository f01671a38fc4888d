import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import { evaluateRecommender } from '../evaluation/evaluate-recommender.js';
import { countPopularity } from '../evaluation/popularity.js';
import { topItems } from '../evaluation/top-items.js';
import { encodeCatalogueItem } from '../interactions/catalogue-item-codec.js';
import { historyEvent, positionsOfDomain } from '../interactions/user-history.js';
import { encodeUserHistory } from '../interactions/user-history-codec.js';
import { normalisedMutualInformation } from '../metrics/mutual-information.js';
import { splitMesh } from '../splits/mesh-split.js';
import { simulate } from './simulate.js';
import { defaultSimulation, smallSimulation } from './simulator-parameters.js';

const parameters = smallSimulation;
const { data, truth } = simulate(parameters);
const books = 0;
const films = 1;
const eventAt = (record: number, position: number) => historyEvent(data.users[record]!.history, position);

describe('simulate', () => {
  it('gives the golden world: a change of it is an entry in the changelog', () => {
    const hash = createHash('sha256');
    for (const { id, history } of data.users) hash.update(String(id)).update(encodeUserHistory(history));
    for (const item of data.catalogue.items) hash.update(encodeCatalogueItem(item));
    expect(hash.digest('hex')).toBe('3f12bb76d33c51d3bbafb38c2d68d47ae1864e9e7d3359480281cbb58aab1d83');
  });

  it('is a function of its parameters', () => {
    const bytes = (seed: number) =>
      Buffer.concat(
        simulate({ ...parameters, users: 20, seed }).data.users.map((u) => encodeUserHistory(u.history)),
      );
    expect(bytes(1).equals(bytes(1))).toBe(true);
    expect(bytes(1).equals(bytes(2))).toBe(false);
  });

  it('makes as many users, items and events as it was told', () => {
    expect(data.users.length).toBe(parameters.users);
    expect(new Set(data.users.map((user) => user.id)).size).toBe(parameters.users);
    expect(data.catalogue.items.length).toBe(parameters.sourceItems + parameters.targetItems);
    const sourceOnly = data.users.filter((user) => positionsOfDomain(user.history, films).length === 0);
    expect(sourceOnly.length / parameters.users).toBeCloseTo(parameters.sourceOnlyShare, 1);
    for (const { history } of data.users) {
      const target = positionsOfDomain(history, films).length;
      expect(history.length - target).toBeGreaterThanOrEqual(parameters.sourceEvents[0]);
      expect(history.length - target).toBeLessThanOrEqual(parameters.sourceEvents[1]);
      expect(Array.from(history.domains.subarray(0, parameters.sourceHeadStart))).toEqual([0, 0, 0, 0]);
      expect(new Set(history.items).size).toBe(history.length);
      expect(history.timestampsMs.every((time, i) => i === 0 || time > history.timestampsMs[i - 1]!)).toBe(
        true,
      );
    }
  });

  it('names causes that come before their effects and lead to the cluster that they cause', () => {
    expect(truth.causes.length).toBeGreaterThan(1_000);
    for (const cause of truth.causes) {
      const source = eventAt(cause.record, cause.sourcePosition);
      const target = eventAt(cause.record, cause.targetPosition);
      expect([source.domain, target.domain]).toEqual([books, films]);
      expect([source.item, target.item]).toEqual([cause.sourceItem, cause.targetItem]);
      expect(source.timestampMs).toBeLessThan(target.timestampMs);
      expect(truth.potent[source.item]).toBe(true);
      const caused = truth.causedCluster[truth.itemClusters[source.item]!];
      expect(truth.itemClusters[target.item]).toBe(caused);
      expect(cause.probability).toBeGreaterThan(0);
      expect(cause.probability).toBeLessThanOrEqual(1);
    }
  });

  it('has calibrated causes: the probabilities add up to the number of true causes', () => {
    let expected = 0;
    for (const { record, position } of truth.targetEvents) {
      for (const candidate of truth.candidateCauses(record, position)) expected += candidate.probability;
    }
    expect(Math.abs(expected - truth.causes.length) / truth.causes.length).toBeLessThan(0.06);
  });

  it('has an exact distribution of the next item', () => {
    for (const event of truth.targetEvents.filter((_, index) => index % 97 === 0)) {
      const probabilities = truth.nextItem(event.record, event.position);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
      const { item } = eventAt(event.record, event.position);
      expect(probabilities[item]).toBeCloseTo(event.itemProbability, 12);
      const inCluster = probabilities.filter(
        (_, index) => index >= parameters.sourceItems && truth.itemClusters[index] === event.cluster,
      );
      expect(inCluster.reduce((sum, p) => sum + p, 0)).toBeCloseTo(event.clusterProbability, 10);
    }
    expect(() => truth.nextItem(0, 0)).toThrow('not in the target domain');
  });

  it('follows a Markov chain whose matrix and entropy rate it states', () => {
    const { clusters } = parameters;
    const counts = new Float64Array(clusters * clusters);
    let previous = -1;
    let record = -1;
    for (const event of truth.targetEvents) {
      if (event.record !== record) previous = -1;
      record = event.record;
      if (event.kind !== 'chain') continue;
      if (previous >= 0) counts[previous * clusters + event.cluster]! += 1;
      previous = event.cluster;
    }
    let entropy = 0;
    for (let row = 0; row < clusters; row++) {
      const seen = counts.subarray(row * clusters, (row + 1) * clusters);
      const total = seen.reduce((sum, count) => sum + count, 0);
      const stated = truth.transitions.subarray(row * clusters, (row + 1) * clusters);
      expect(stated.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      for (const [column, p] of stated.entries()) {
        expect(Math.abs(seen[column]! / total - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / total) + 0.02);
        entropy -= (p * Math.log(p)) / clusters;
      }
    }
    expect(truth.entropyRateNats).toBeCloseTo(entropy, 12);
    expect(truth.clusterNllNats).toBeGreaterThan(truth.entropyRateNats);
    expect(truth.clusterNllNats).toBeLessThan(Math.log(clusters));
  });

  it('shows categories for the stated share, and they are the clusters', () => {
    const items = data.catalogue.items
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => item.category !== '');
    expect(items.length / data.catalogue.items.length).toBeCloseTo(parameters.categoryShare, 1);
    for (const domain of [books, films]) {
      const known = items.filter(({ item }) => item.domain === domain);
      const names = [...new Set(known.map(({ item }) => item.category))];
      const found = normalisedMutualInformation(
        known.map(({ item }) => names.indexOf(item.category)),
        known.map(({ index }) => truth.itemClusters[index]!),
      );
      expect(found).toBeCloseTo(1, 12);
    }
  });

  it('rewards knowing interests far above popularity', () => {
    const { training, warm } = splitMesh(data, { targetDomain: 'films', seed: 1 });
    const counts = countPopularity(training, { targetDomain: films });
    const items = Uint32Array.from(
      { length: parameters.targetItems },
      (_, index) => parameters.sourceItems + index,
    );
    const popularity = {
      recommend: (_: number, k: number, seen: ReadonlySet<number>) => topItems(counts, k, seen, items),
    };
    const oracle = {
      recommend: (record: number, k: number, seen: ReadonlySet<number>) => {
        const last = positionsOfDomain(data.users[record]!.history, films).at(-1)!;
        return topItems(truth.nextItem(record, last), k, seen, items);
      },
    };
    const recall = (recommender: typeof oracle) =>
      evaluateRecommender(recommender, warm, { k: [10] }).mean['recall@10']!;
    expect(recall(oracle)).toBeGreaterThan(2.5 * recall(popularity));
  });

  it.each([
    ['too many clusters', { clusters: 30 }, 'names for'],
    ['items that do not divide', { sourceItems: 121 }, 'multiple of 24'],
    ['too many styles', { styles: 40 }, 'styles'],
    ['probabilities above 1', { stay: 0.9 }, 'more than 1'],
  ])('refuses %s', (_, change, message) => {
    expect(() => simulate({ ...parameters, ...change })).toThrow(message);
  });

  it('has default parameters for two thousand users', () => {
    expect(defaultSimulation).toMatchObject({
      users: 2_000,
      sourceItems: 600,
      targetItems: 600,
      clusters: 20,
    });
  });
});
