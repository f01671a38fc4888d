import type { JsonObject } from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';

import { openInteractions } from '../interactions/committed-interactions.js';
import { describeInteractions } from '../interactions/description.js';
import { countEvents, type InteractionData } from '../interactions/interaction-data.js';
import { createMemoryInputs } from '../interactions/memory-inputs.js';
import { historyEvent, historyFromEvents, positionsOfDomain } from '../interactions/user-history.js';
import { isValidationRecord, validationCase, withoutValidation } from '../interactions/validation-part.js';
import { simulate } from '../simulator/simulate.js';
import { smallSimulation } from '../simulator/simulator-parameters.js';
import { sampleClicks } from './click-samples.js';
import { splitColdStart } from './cold-start-split.js';
import { splitComiRec } from './comirec-split.js';
import { type EvaluationTargets, evaluationFromJson, evaluationToJson } from './evaluation-targets.js';
import { leaveLastOut } from './leave-last-out.js';
import { splitMesh } from './mesh-split.js';
import { splitByTime } from './time-split.js';

const { data } = simulate(smallSimulation);
const films = 1;

const recordsOf = (targets: EvaluationTargets) => targets.users.map((user) => user.record);
const historyOf = (set: InteractionData, record: number) => set.users[record]!.history;
const eventsOf = (set: InteractionData, record: number) => {
  const history = historyOf(set, record);
  return Array.from({ length: history.length }, (_, position) => historyEvent(history, position));
};

/** Data as a program sees it. */
function opened(set: InteractionData, targetDomain: string, split: JsonObject) {
  return openInteractions(createMemoryInputs(set, describeInteractions(set, { targetDomain, split })));
}

describe('leaveLastOut', () => {
  it('cuts before the last event and keeps short histories whole', () => {
    const event = (item: number, timestampMs: number) => ({ domain: 0, item, timestampMs, value: 1 });
    const item = { domain: 0, category: '', tokens: [], numbers: new Float32Array(0) };
    const small = {
      catalogue: { domains: ['a'], items: ['x', 'y', 'z'].map((itemId) => ({ ...item, itemId })) },
      users: [
        { id: 1n, history: historyFromEvents([event(0, 5), event(1, 5), event(2, 5), event(0, 4)]) },
        { id: 2n, history: historyFromEvents([event(0, 1), event(1, 2)]) },
      ],
    };
    const { training, test } = leaveLastOut(small);
    // Stable order of user 0: item 0 at 4, then 0, 1, 2 at 5.
    expect(Array.from(historyOf(training, 0).items)).toEqual([0, 0, 1]);
    expect(historyOf(training, 1).length).toBe(2);
    expect(test.users.map((user) => [user.record, ...user.targets])).toEqual([[0, 2]]);
    expect(Array.from(test.users[0]!.excluded)).toEqual([0, 1]);
    expect(test.users[0]).toMatchObject({ targetEvents: 3, sourceEvents: 0 });
  });
});

describe('leaveLastOut on several domains and repeated purchases', () => {
  const event = (domain: number, item: number, timestampMs: number) => ({
    domain,
    item,
    timestampMs,
    value: 1,
  });
  const item = { category: '', tokens: [], numbers: new Float32Array(0) };
  const catalogue = {
    domains: ['a', 'b'],
    items: ['p', 'q', 'r', 's'].map((itemId, index) => ({ ...item, itemId, domain: index < 3 ? 0 : 1 })),
  };
  const dataOf = (...events: Parameters<typeof historyFromEvents>[0]) => ({
    catalogue,
    users: [{ id: 1n, history: historyFromEvents(events) }],
  });

  it('keeps the events of the other domain up to the last target event, and cuts what comes after', () => {
    const mixed = dataOf(event(0, 0, 1), event(0, 1, 2), event(1, 3, 3), event(0, 2, 4), event(1, 3, 5));
    const { training, test, split } = leaveLastOut(mixed, { targetDomain: 'a', name: 'warm' });
    expect(Array.from(historyOf(training, 0).items)).toEqual([0, 1, 3]);
    expect(Array.from(test.users[0]!.excluded)).toEqual([0, 1]);
    expect(test.users[0]).toMatchObject({ targetEvents: 2, sourceEvents: 1 });
    expect([test.name, split.kind]).toEqual(['warm', 'warm']);
    const open = opened(training, 'a', split);
    expect(Array.from(withoutValidation(open).history(0).items)).toEqual([0]);
    const known = validationCase(open, 0)!;
    expect([Array.from(known.history.items), Array.from(known.targets), known.timestampMs]).toEqual([
      [0],
      [1],
      2,
    ]);
  });

  it('counts first purchases only where it is told to', () => {
    const bought = [0, 0, 1, 0, 2, 1];
    const again = dataOf(...bought.map((item, time) => event(0, item, time)));
    const usual = leaveLastOut(again, { targetDomain: 'a' });
    expect(Array.from(usual.test.users[0]!.targets)).toEqual([1]);
    const { training, test, split } = leaveLastOut(again, { targetDomain: 'a', firstOnly: true });
    expect(Array.from(test.users[0]!.targets)).toEqual([2]);
    expect(Array.from(historyOf(training, 0).items)).toEqual([0, 0, 1, 0]);
    const open = opened(training, 'a', split);
    expect(Array.from(validationCase(open, 0)!.targets)).toEqual([1]);
    expect(Array.from(withoutValidation(open).history(0).items)).toEqual([0, 0]);
  });
});

describe('splitMesh', () => {
  const { training, warm, cold, split } = splitMesh(data, { targetDomain: 'films', seed: 3 });

  it('makes a fifth of the overlapping users cold and hides all of their target events', () => {
    const overlapping = data.users.filter((user) => positionsOfDomain(user.history, films).length > 0);
    expect(cold.users.length).toBe(Math.floor(0.2 * overlapping.length));
    for (const user of cold.users) {
      expect(positionsOfDomain(historyOf(training, user.record), films).length).toBe(0);
      const whole = eventsOf(data, user.record);
      expect(eventsOf(training, user.record)).toEqual(whole.filter((event) => event.domain !== films));
      expect(Array.from(user.targets)).toEqual(whole.filter((e) => e.domain === films).map((e) => e.item));
      expect(user).toMatchObject({ targetEvents: 0, excluded: Uint32Array.of() });
    }
  });

  it('ends the record of a warm user right before the last target event', () => {
    for (const user of warm.users) {
      const whole = eventsOf(data, user.record);
      const last = whole.findLastIndex((event) => event.domain === films);
      expect(eventsOf(training, user.record)).toEqual(whole.slice(0, last));
      expect(Array.from(user.targets)).toEqual([whole[last]!.item]);
      expect(Array.from(user.targetTimestampsMs)).toEqual([whole[last]!.timestampMs]);
    }
  });

  it('evaluates nobody twice, and keeps users without targets for training', () => {
    const evaluated = new Set([...recordsOf(warm), ...recordsOf(cold)]);
    expect(evaluated.size).toBe(warm.users.length + cold.users.length);
    const rest = data.users.flatMap((_, record) => (evaluated.has(record) ? [] : [record]));
    expect(rest.length).toBeGreaterThan(0);
    for (const record of rest) expect(eventsOf(training, record)).toEqual(eventsOf(data, record));
  });

  it('describes itself and depends on the seed alone', () => {
    expect(split).toEqual({
      kind: 'mesh',
      targetDomain: 'films',
      seed: 3,
      coldShare: 0.2,
      minimumTargetEvents: 3,
    });
    const again = splitMesh(data, { targetDomain: 'films', seed: 3 });
    const other = splitMesh(data, { targetDomain: 'films', seed: 4 });
    expect(recordsOf(again.cold)).toEqual(recordsOf(cold));
    expect(recordsOf(other.cold)).not.toEqual(recordsOf(cold));
  });
});

describe('splitColdStart', () => {
  it('hides test users, and holds the target events of some others back for validation', () => {
    const { training, test, split } = splitColdStart(data, { targetDomain: 'films', seed: 1 });
    const open = opened(training, 'films', split);
    const learnt = withoutValidation(open);
    const hidden = new Set(recordsOf(test));
    let held = 0;
    for (const record of data.users.keys()) {
      const visible = eventsOf(training, record);
      const sources = eventsOf(data, record).filter((event) => event.domain !== films);
      if (hidden.has(record)) expect(visible).toEqual(sources);
      else expect(visible).toEqual(eventsOf(data, record));
      const known = validationCase(open, record);
      if (known === undefined) {
        expect(learnt.history(record)).toEqual(open.history(record));
        continue;
      }
      held++;
      expect(hidden.has(record)).toBe(false);
      expect(Array.from(known.history.items)).toEqual(sources.map(({ item }) => item));
      expect(Array.from(learnt.history(record).items)).toEqual(sources.map(({ item }) => item));
      expect(known.targets.length).toBeGreaterThan(0);
    }
    expect(held / test.users.length).toBeCloseTo(0.4, 1);
  });
});

describe('splitByTime', () => {
  const split = splitByTime(data, { targetDomain: 'films' });

  it('puts every event on its side of the cuts', () => {
    const latest = (set: InteractionData) =>
      Math.max(...set.users.flatMap((user) => Array.from(user.history.timestampsMs)));
    expect(latest(split.training)).toBeLessThan(split.validationCutMs);
    expect(latest(split.beforeTest)).toBeLessThan(split.testCutMs);
    expect(countEvents(split.training) / countEvents(data)).toBeCloseTo(0.8, 2);
    expect(countEvents(split.beforeTest) / countEvents(data)).toBeCloseTo(0.9, 2);
    const times = (targets: EvaluationTargets) =>
      targets.users.flatMap((user) => Array.from(user.targetTimestampsMs));
    expect(Math.min(...times(split.validation))).toBeGreaterThanOrEqual(split.validationCutMs);
    expect(Math.max(...times(split.validation))).toBeLessThan(split.testCutMs);
    expect(Math.min(...times(split.test))).toBeGreaterThanOrEqual(split.testCutMs);
  });

  it('keeps record indices, with empty histories for users who came later', () => {
    expect(split.training.users.map((user) => user.id)).toEqual(data.users.map((user) => user.id));
    expect(split.training.users.some((user) => user.history.length === 0)).toBe(true);
  });
});

describe('splitComiRec', () => {
  const { training, test, split } = splitComiRec(data);
  const open = opened(training, 'films', split);
  const learnt = withoutValidation(open);
  const records = Array.from(data.users.keys());

  it('trains on nobody who is evaluated', () => {
    const held = records.filter((record) => isValidationRecord(open, record));
    const trained = records.filter((record) => learnt.history(record).length > 0);
    expect([trained.length, test.users.length]).toEqual([240, 30]);
    for (const { record } of test.users) expect(historyOf(training, record).length).toBe(0);
    expect(held.length).toBeGreaterThan(20);
    for (const record of held) expect(learnt.history(record).length).toBe(0);
  });

  it('asks for the last fifth of the events, on the latest 50 of those before', () => {
    for (const user of test.users) {
      const whole = historyOf(data, user.record);
      const cut = Math.floor(0.8 * whole.length);
      expect(new Set(user.targets)).toEqual(new Set(whole.items.subarray(cut)));
      expect(Array.from(user.history!.items)).toEqual(
        Array.from(whole.items.slice(Math.max(0, cut - 50), cut)),
      );
      expect(new Set(user.excluded)).toEqual(new Set(whole.items.subarray(0, cut)));
    }
  });

  it('validates the same way', () => {
    for (const record of records) {
      const known = validationCase(open, record);
      if (known === undefined) continue;
      const whole = historyOf(data, record);
      const cut = Math.floor(0.8 * whole.length);
      expect(known.history.length).toBe(cut);
      const later = Array.from(whole.items).filter(
        (_, place) => place >= cut && whole.domains[place] === films,
      );
      expect(Array.from(known.targets)).toEqual([...new Set(later)]);
    }
  });
});

describe('sampleClicks', () => {
  const { warm } = splitMesh(data, { targetDomain: 'films', seed: 3 });
  const options = { targetDomain: films, negatives: 4, seed: new Uint8Array(32) };
  const samples = sampleClicks(data, warm, options);

  it('follows each positive with different negatives that the user never took', () => {
    expect(samples.labels.length).toBe(5 * warm.users.length);
    for (let start = 0; start < samples.labels.length; start += 5) {
      const record = samples.records[start]!;
      expect(Array.from(samples.labels.subarray(start, start + 5))).toEqual([1, 0, 0, 0, 0]);
      const negatives = new Set(samples.items.subarray(start + 1, start + 5));
      expect(negatives.size).toBe(4);
      const taken = new Set(historyOf(data, record).items);
      for (const item of negatives) {
        expect(taken.has(item)).toBe(false);
        expect(data.catalogue.items[item]!.domain).toBe(films);
      }
    }
  });

  it('is a function of the seed', () => {
    const again = sampleClicks(data, warm, options);
    expect(Array.from(again.items)).toEqual(Array.from(samples.items));
    const other = sampleClicks(data, warm, { ...options, seed: new Uint8Array(32).fill(1) });
    expect(Array.from(other.items)).not.toEqual(Array.from(samples.items));
  });
});

describe('evaluation targets as JSON', () => {
  const { warm } = splitMesh(data, { targetDomain: 'films', seed: 3 });

  it('come back as they were', () => {
    for (const targets of [warm, splitComiRec(data).test]) {
      const json = JSON.parse(JSON.stringify(evaluationToJson(targets)));
      expect(evaluationToJson(evaluationFromJson(json))).toEqual(evaluationToJson(targets));
    }
  });

  const half = {
    record: 1,
    targets: [],
    targetTimestampsMs: [],
    excluded: [],
    targetEvents: 0,
    sourceEvents: 0,
    history: { domains: [0], items: [1], timestampsMs: [], values: [1] },
  };
  it.each([
    [{}],
    [{ name: 'x', users: [null] }],
    [{ name: 'x', users: [{ record: 1 }] }],
    [{ name: 'x', users: [half] }],
  ])('refuse %j', (json) => {
    expect(() => evaluationFromJson(json)).toThrow('evaluation targets');
  });
});
