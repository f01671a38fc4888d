import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userFromOptions } from './user-events.js';

describe('userFromOptions', () => {
  let folder: string;
  const file = async (content: unknown) => {
    const path = join(folder, 'user.json');
    await writeFile(path, JSON.stringify(content));
    return path;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-user-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads events with and without a time, in order', async () => {
    expect(await userFromOptions({ event: ['food:1', 'kitchen:2:1355529600000'] })).toEqual({
      events: [
        { domain: 'food', itemId: '1', timestampMs: 0n },
        { domain: 'kitchen', itemId: '2', timestampMs: 1_355_529_600_000n },
      ],
    });
  });

  it('puts the events of the command line behind those of the file', async () => {
    const user = await file({ userId: 'u1', events: [{ domain: 'food', itemId: '1', timestampMs: 5 }] });
    const { userId, events } = await userFromOptions({ user, event: ['food:2'] });
    expect(userId).toBe('u1');
    expect(events).toMatchObject([{ itemId: '1', timestampMs: 5n }, { itemId: '2' }]);
  });

  it.each(['food', 'food:', ':1', 'food:1:soon', 'food:1:2:3', 'food:1:-4'])(
    'refuses %s and shows a right one',
    async (event) => {
      await expect(userFromOptions({ event: [event] })).rejects.toThrow('domain:item');
    },
  );

  it.each([
    ['a list', [], 'one JSON object'],
    ['events that are no list', { events: {} }, 'events a list'],
    ['an event without an item', { events: [{ domain: 'food' }] }, 'events[0]'],
    [
      'a time that is none',
      { events: [{ domain: 'food', itemId: '1', timestampMs: 'soon' }] },
      'events[0].timestampMs',
    ],
  ])('refuses a file with %s', async (_, content, named) => {
    await expect(userFromOptions({ user: await file(content) })).rejects.toThrow(named);
  });
});
