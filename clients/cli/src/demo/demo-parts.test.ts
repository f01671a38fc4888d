import type { TraceNode } from '@isthmus/chassis';
import { describe, expect, it } from '@jest/globals';
import { BackgroundLane } from './background-lane.js';
import { itemNote } from './item-notes.js';
import { narrator } from './narrator.js';
import { Stopwatch } from './stopwatch.js';
import { traceEdges } from './trace-edges.js';

describe('BackgroundLane', () => {
  it('does one piece after the other', async () => {
    const lane = new BackgroundLane();
    const order: string[] = [];
    const piece = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([lane.add(piece('a')), lane.add(piece('b'))])).toEqual(['a', 'b']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('does not begin what comes after a failure', async () => {
    const lane = new BackgroundLane();
    const failing = lane.add(() => Promise.reject(new Error('no')));
    let begun = false;
    const later = lane.add(async () => {
      begun = true;
    });
    await expect(failing).rejects.toThrow('no');
    await expect(later).rejects.toThrow('no');
    expect(begun).toBe(false);
  });
});

describe('Stopwatch', () => {
  it('adds up stages that overlap and the whole', async () => {
    let nowMs = 0;
    const watch = new Stopwatch(() => nowMs);
    await watch.time('data', async () => {
      nowMs += 1_500;
    });
    nowMs += 1_000;
    expect(watch.summary()).toEqual({ data: 1.5, total: 2.5 });
  });
});

describe('itemNote', () => {
  it.each([
    [{ category: 'travel', tokens: ['travel-3', 'travel-1', 'epic-2'] }, 'travel, epic'],
    [{ category: '', tokens: ['food-9', 'food-2'] }, 'food'],
    [{ category: '', tokens: [] }, ''],
  ])('says of %j: %s', (item, note) => {
    expect(itemNote(item)).toBe(note);
  });
});

describe('traceEdges', () => {
  const node = (service: string, ...children: TraceNode[]): TraceNode => ({
    span: {
      traceId: '',
      spanId: '',
      name: 'x',
      kind: 'internal',
      service,
      startNs: 0n,
      durationMs: 1,
      attributes: {},
      isError: false,
    },
    children,
  });

  it('names each call between services once, as the tree has it', () => {
    const tree = node(
      'ranker',
      node('ranker', node('retrieval', node('representation'), node('retrieval', node('representation')))),
    );
    expect(traceEdges(tree)).toEqual([
      ['ranker', 'retrieval'],
      ['retrieval', 'representation'],
    ]);
  });
});

describe('narrator', () => {
  it('numbers chapters and writes no control characters where there is no terminal', () => {
    const written: string[] = [];
    const tell = narrator({ write: (text) => written.push(text) }, () => 0);
    tell.chapter('Data');
    tell.say('2,000 users');
    tell.chapter('Proof');
    expect(written.join('')).toBe('\n 1 Data\n   2,000 users\n\n 2 Proof\n');
  });
});
