import { describe, expect, it } from '@jest/globals';

import { openInteractions } from './committed-interactions.js';
import { describeInteractions, parseDescription } from './description.js';
import { createMemoryInputs } from './memory-inputs.js';
import {
  eventsBefore,
  historyFromEvents,
  historyPrefix,
  historySelection,
  positionsOfDomain,
} from './user-history.js';
import { hashUserId } from './user-id.js';

const data = {
  catalogue: {
    domains: ['books', 'films'],
    items: [
      { itemId: 'b', domain: 0, category: '', tokens: [], numbers: new Float32Array(0) },
      { itemId: 'f', domain: 1, category: 'war', tokens: ['x'], numbers: new Float32Array(0) },
    ],
  },
  users: [
    {
      id: 7n,
      history: historyFromEvents([
        { domain: 1, item: 1, timestampMs: 30, value: 1 },
        { domain: 0, item: 0, timestampMs: 10, value: 1 },
        { domain: 1, item: 1, timestampMs: 10, value: 2 },
      ]),
    },
  ],
};
const description = describeInteractions(data, { targetDomain: 'films', split: { kind: 'none' } });

describe('openInteractions', () => {
  it('decodes records and reads each of them every time, so that a replay logs the same reads', () => {
    const inputs = createMemoryInputs(data, description);
    const reads: string[] = [];
    const logging = {
      ...inputs,
      records: (name: string) => {
        const set = inputs.records(name);
        return {
          ...set,
          read: (index: number) => {
            reads.push(`${name} ${index}`);
            return set.read(index);
          },
        };
      },
    };
    const view = openInteractions(logging);
    expect(openInteractions(logging)).toBe(view);
    expect([view.users, view.items, view.targetDomain]).toEqual([1, 2, 1]);
    expect(Array.from(view.history(0).items)).toEqual([0, 1, 1]);
    view.history(0);
    expect(view.item(1).category).toBe('war');
    expect(reads).toEqual(['interactions 0', 'interactions 0', 'items 1']);
  });

  it('refuses records that are not as many as described', () => {
    const inputs = createMemoryInputs(data, { ...description, users: 2 });
    expect(() => openInteractions(inputs)).toThrow('describes 2 users');
  });
});

describe('parseDescription', () => {
  it('reads what was described', () => {
    expect(parseDescription(description)).toEqual({
      domains: ['books', 'films'],
      users: 1,
      items: 2,
      targetItems: 1,
      events: 3,
      sourceDomains: ['books'],
      targetDomain: 'films',
      split: { kind: 'none' },
    });
  });

  it.each(['domains', 'targetDomain', 'sourceDomains', 'split', 'users', 'items', 'events'])(
    'names the field %s where it is missing',
    (field) => {
      const { [field]: _, ...rest } = description;
      expect(() => parseDescription(rest)).toThrow(`'${field}'`);
    },
  );

  it('does without the number of target items, which was not always counted', () => {
    const { targetItems: _, ...older } = description;
    expect(parseDescription(older).targetItems).toBeUndefined();
    expect(() => parseDescription({ ...older, targetItems: -1 })).toThrow("'targetItems'");
  });

  it('is not made for a domain that the data lacks', () => {
    expect(() => describeInteractions(data, { targetDomain: 'games', split: {} })).toThrow(
      "no domain 'games'",
    );
  });
});

describe('user history', () => {
  const { history } = data.users[0]!;

  it('sorts stably by time', () => {
    expect(Array.from(history.domains)).toEqual([0, 1, 1]);
    expect(Array.from(history.values)).toEqual([1, 2, 1]);
  });

  it('knows its prefix before a time and the positions of a domain', () => {
    expect([9, 10, 11, 30, 31].map((time) => eventsBefore(history, time))).toEqual([0, 0, 2, 2, 3]);
    expect(Array.from(historyPrefix(history, 2).items)).toEqual([0, 1]);
    expect(Array.from(positionsOfDomain(history, 1))).toEqual([1, 2]);
    expect(Array.from(historySelection(history, [0, 2]).timestampsMs)).toEqual([10, 30]);
  });
});

describe('hashUserId', () => {
  const salt = new Uint8Array(16).fill(1);

  it('is an unsigned 64-bit function of salt and name', () => {
    const id = hashUserId(salt, 'anna');
    expect(id).toBe(hashUserId(salt, 'anna'));
    expect(id >= 0n && id < 2n ** 64n).toBe(true);
    expect(new Set([id, hashUserId(salt, 'bert'), hashUserId(new Uint8Array(16), 'anna')]).size).toBe(3);
  });

  it('refuses a short salt', () => {
    expect(() => hashUserId(new Uint8Array(8), 'anna')).toThrow('16 bytes');
  });
});
