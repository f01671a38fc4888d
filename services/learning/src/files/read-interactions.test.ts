import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { historyEvent } from '../interactions/user-history.js';
import { hashUserId } from '../interactions/user-id.js';
import { findDataFiles, readDataDirectory } from './data-directory.js';
import { DataFormatError, describeProblem } from './data-problems.js';
import { type DataFiles, type ReadOptions, readInteractions } from './read-interactions.js';

const salt = new Uint8Array(16).fill(3);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'isthmus-files-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Writes a file and returns its path. */
async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

const rows = (...lines: string[][]) => lines.map((line) => `${line.join('\t')}\n`).join('');
const eventHeader = ['user_id:token', 'item_id:token', 'domain:token', 'rating:float', 'timestamp:float'];
const itemHeader = ['item_id:token', 'domain:token', 'category:token', 'words:token_seq', 'size:float_seq'];

const goodEvents = rows(
  eventHeader,
  ['anna', 'pan', 'kitchen', '4', '20'],
  ['bert', 'tea', 'food', '5', '3.5'],
  ['anna', 'tea', 'food', '1', '10'],
  ['anna', 'pot', 'kitchen', '2', '10'],
);
const goodItems = rows(
  itemHeader,
  ['tea', 'food', 'drinks', 'green leaf', '1 2.5'],
  ['pan', 'kitchen', '', '', '3 4'],
  ['pot', 'kitchen', 'pots', 'iron', '5 6'],
);

const read = (files: DataFiles, options: Partial<ReadOptions> = {}) =>
  readInteractions(files, { salt, ...options });

/** The error that reading throws. */
async function failure(action: Promise<unknown>): Promise<DataFormatError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataFormatError);
  return error as DataFormatError;
}

describe('RecBole atomic files', () => {
  it('become users, items and events', async () => {
    const events = await put('good.inter', goodEvents);
    const items = await put('good.item', goodItems);
    const { data, badRows, otherDomainEvents } = await read({
      events: [{ path: events }],
      items: [{ path: items }],
    });
    expect([badRows, otherDomainEvents]).toEqual([0, 0]);
    expect(data.catalogue.domains).toEqual(['food', 'kitchen']);
    expect(data.catalogue.items.map((item) => ({ ...item, numbers: Array.from(item.numbers) }))).toEqual([
      { itemId: 'tea', domain: 0, category: 'drinks', tokens: ['green', 'leaf'], numbers: [1, 2.5] },
      { itemId: 'pan', domain: 1, category: '', tokens: [], numbers: [3, 4] },
      { itemId: 'pot', domain: 1, category: 'pots', tokens: ['iron'], numbers: [5, 6] },
    ]);
    expect(data.users.map((user) => user.id)).toEqual([hashUserId(salt, 'anna'), hashUserId(salt, 'bert')]);
    const { history } = data.users[0]!;
    expect(Array.from({ length: history.length }, (_, position) => historyEvent(history, position))).toEqual([
      { domain: 0, item: 0, timestampMs: 10_000, value: 1 },
      { domain: 1, item: 2, timestampMs: 10_000, value: 2 },
      { domain: 1, item: 1, timestampMs: 20_000, value: 4 },
    ]);
    expect(data.users[1]!.history.timestampsMs[0]).toBe(3_500);
  });

  it('are read from gzip, with CRLF and without a last line end, whatever the name says', async () => {
    const plain = await put('plain.inter', goodEvents);
    const packed = await put('packed.inter', gzipSync(goodEvents.trimEnd().replaceAll('\n', '\r\n')));
    const [a, b] = [await read({ events: [{ path: plain }] }), await read({ events: [{ path: packed }] })];
    expect(b.data).toEqual(a.data);
    expect(a.data.catalogue.items.map((item) => item.itemId)).toEqual(['pan', 'tea', 'pot']);
  });

  it('keep the chosen domains in the chosen order', async () => {
    const path = await put('chosen.inter', goodEvents);
    const { data, otherDomainEvents } = await read({ events: [{ path }] }, { domains: ['kitchen'] });
    expect(data.catalogue.domains).toEqual(['kitchen']);
    expect([data.users.length, otherDomainEvents]).toEqual([1, 2]);
    const both = await read({ events: [{ path }] }, { domains: ['kitchen', 'food'] });
    expect(both.data.catalogue.domains).toEqual(['kitchen', 'food']);
    expect(Array.from(both.data.users[0]!.history.domains)).toEqual([1, 0, 0]);
  });

  it('put an item that is listed in one domain and taken in another into both', async () => {
    const events = await put('both.inter', goodEvents.replace('tea\tfood\t1', 'tea\tkitchen\t1'));
    const items = await put('both.item', goodItems);
    const result = await read({ events: [{ path: events }], items: [{ path: items }] });
    expect(result.itemsInSeveralDomains).toBe(1);
    expect(result.data.catalogue.items[3]).toMatchObject({ itemId: 'tea', domain: 1, category: 'drinks' });
  });

  it.each([
    ['an empty user', ['', 'tea', 'food', '1', '1'], 'user_id', 'is empty'],
    ['a rating that is no number', ['u', 'tea', 'food', 'good', '1'], 'rating', "'good' is not a number"],
    ['a rating in hexadecimal', ['u', 'tea', 'food', '0x10', '1'], 'rating', "'0x10' is not a number"],
    [
      'a rating beyond float32',
      ['u', 'tea', 'food', '1e39', '1'],
      'rating',
      "'1e39' is too large for float32",
    ],
    ['a time that is no number', ['u', 'tea', 'food', '1', 'noon'], 'timestamp', "'noon' is not a number"],
    ['a time beyond the calendar', ['u', 'tea', 'food', '1', '1e15'], 'timestamp', "'1e15' is not a time"],
    ['a missing column', ['u', 'tea', 'food', '1'], '', 'has 4 columns, the header has 5'],
    ['a long item id', ['u', 'x'.repeat(2_000), 'food', '1', '1'], 'item_id', 'is longer than 1024 bytes'],
    [
      'an unknown item',
      ['u', 'fork', 'food', '1', '1'],
      '',
      "item 'fork' of domain 'food' is in no item file",
    ],
  ])('name file, row and column of %s', async (name, bad, column, problem) => {
    const path = await put('bad.inter', goodEvents + rows(bad));
    const items = await put('bad.item', goodItems);
    const error = await failure(read({ events: [{ path }], items: [{ path: items }] }));
    expect(error.problems).toEqual([{ file: path, row: 6, column, problem }]);
    expect(error.message).toContain(describeProblem(error.problems[0]!));
    const skipping = await read({ events: [{ path }], items: [{ path: items }] }, { skipBadRows: true });
    expect([skipping.badRows, skipping.data.users.length]).toEqual([1, 2]);
    expect(name).not.toBe('');
  });

  it.each([
    ['an item twice', ['tea', 'food', 'x', '', '1 2'], "item 'tea' of domain 'food' is there twice"],
    ['another number of features', ['cup', 'food', 'x', '', '1'], 'has 1 numbers, earlier items 2'],
    ['a feature that is no number', ['cup', 'food', 'x', '', '1 big'], "'big' is not a number"],
    ['too many tokens', ['cup', 'food', 'x', 'a '.repeat(5_000), '1 2'], 'has 5000 tokens'],
  ])('report %s', async (_, bad, problem) => {
    const events = await put('item-problems.inter', goodEvents);
    const path = await put('item-problems.item', goodItems + rows(bad));
    const error = await failure(read({ events: [{ path: events }], items: [{ path }] }));
    expect(error.total).toBe(1);
    expect(error.problems[0]).toMatchObject({ file: path, row: 5 });
    expect(error.problems[0]!.problem).toContain(problem);
  });

  it('list twenty problems and count the rest', async () => {
    const bad = Array.from({ length: 25 }, () => ['u', 'tea', 'food', 'x', '1']);
    const error = await failure(
      read({ events: [{ path: await put('many.inter', rows(eventHeader, ...bad)) }] }),
    );
    expect([error.problems.length, error.total]).toEqual([20, 25]);
    expect(error.message).toContain('the data has 25 problems');
    expect(error.message).toContain('and 5 more');
  });

  it.each([
    ['without a header', '', 'has no header line'],
    ['with a header without types', 'user_id\titem_id\n', "'name:type' is expected"],
    ['with an unknown type', 'user_id:tok\titem_id:token\n', "'name:type' is expected"],
    ['that name a column twice', 'user_id:token\tuser_id:token\n', 'names a column twice'],
    ['without items', 'user_id:token\n', 'no column for the item'],
    ['without events', 'user_id:token\titem_id:token\n', 'has no event of the domains asked for'],
    ['that are not UTF-8', Buffer.from([0x75, 0xff, 0x0a]), 'is not UTF-8 text'],
    ['with damaged gzip', gzipSync(goodEvents).subarray(0, 60), 'gzip compression is damaged'],
  ])('are refused %s', async (_, content, problem) => {
    const error = await failure(read({ events: [{ path: await put('broken.inter', content) }] }));
    expect(error.message).toContain(problem);
  });

  it.each([
    ['rows', { maximumRows: 3 }, 'more than 3 rows'],
    ['bytes', { maximumBytes: 50 }, 'more than 50 bytes'],
    ['bytes in a line', { maximumRowBytes: 100 }, 'a line of more than 100 bytes'],
    ['users', { maximumUsers: 1 }, 'more than 1 users'],
    ['items', { maximumItems: 2 }, 'more than 2 items'],
  ])('are refused with too many %s', async (what, limits, problem) => {
    const content =
      what === 'bytes in a line' ? `user_id:token\titem_id:token\n${'x'.repeat(300)}` : goodEvents;
    const path = await put('limits.inter', content);
    expect((await failure(read({ events: [{ path }] }, { limits }))).message).toContain(problem);
  });
});

describe('CSV files', () => {
  const text =
    'when,who,what,stars\n2024-01-02,anna,"tea, green",4\n"2024-01-01T00:00:00Z",anna,"a ""pan""\nof iron",5\n';
  const columns = {
    user: 'who',
    item: 'what',
    timestamp: 'when',
    timestampUnit: 'iso-8601',
    value: 'stars',
  } as const;

  it('are read with a column map, quotes and line breaks included', async () => {
    const path = await put('events.csv', text);
    const { data } = await read({ events: [{ path, columns, domain: 'shop' }] });
    expect(data.catalogue).toMatchObject({
      domains: ['shop'],
      items: [{ itemId: 'tea, green' }, { itemId: 'a "pan"\nof iron' }],
    });
    const { history } = data.users[0]!;
    expect(Array.from(history.items)).toEqual([1, 0]);
    expect(Array.from(history.timestampsMs)).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2)]);
  });

  it('are read from gzip and with tabs', async () => {
    const path = await put('events.tsv.gz', gzipSync('user_id\titem_id\nanna\ttea\nanna\tpan\n'));
    const { data } = await read({ events: [{ path }] });
    expect(Array.from(data.users[0]!.history.items)).toEqual([0, 1]);
  });

  it('name the row of what is wrong', async () => {
    const path = await put('bad.csv', `${text}tomorrow,anna,x,4\n2024-01-01,anna,x\n`);
    const error = await failure(read({ events: [{ path, columns }] }));
    expect(error.problems).toEqual([
      { file: path, row: 5, column: 'when', problem: "'tomorrow' is not an ISO 8601 date" },
      { file: path, row: 6, column: '', problem: 'has 3 columns, the header has 4' },
    ]);
  });

  it('are refused where they are no CSV or lack a mapped column', async () => {
    const broken = await put('broken.csv', 'user_id,item_id\nanna,"tea\n');
    expect((await failure(read({ events: [{ path: broken }] }))).message).toContain('is not CSV');
    const path = await put('other.csv', text);
    const error = await failure(read({ events: [{ path, columns: { ...columns, user: 'nobody' } }] }));
    expect(error.message).toContain("has no column 'nobody'; it has when, who, what, stars");
  });

  it('take categories, tokens and numbers from the columns that the map names', async () => {
    const events = await put('shop.csv', 'user_id,item_id\nanna,tea\n');
    const items = await put('shop-items.csv', 'item_id,kind,genre,tag,price\ntea,hot drinks,a b,c,2.5\n');
    const map = { category: 'kind', tokens: ['genre', 'tag'], numbers: ['price'] };
    const { data } = await read({ events: [{ path: events }], items: [{ path: items, columns: map }] });
    expect(data.catalogue.items[0]).toMatchObject({
      category: 'hot',
      tokens: ['genre:a', 'genre:b', 'tag:c'],
    });
    expect(Array.from(data.catalogue.items[0]!.numbers)).toEqual([2.5]);
  });
});

describe('Parquet files', () => {
  const sample = (name: string) => fileURLToPath(new URL(`testdata/${name}.parquet`, import.meta.url));
  const columns = { user: 'who', item: 'what', timestamp: 'when', value: 'stars' };
  const items = [
    {
      path: sample('items'),
      columns: { item: 'what', category: 'kind', tokens: ['words'], numbers: ['size'] },
    },
  ];

  it('are read with their own types; a null is a bad row', async () => {
    const files = { events: [{ path: sample('events'), columns }], items };
    const error = await failure(read(files));
    expect(error.problems).toMatchObject([{ row: 4, column: 'who', problem: 'is empty' }]);
    const { data } = await read(files, { skipBadRows: true });
    expect(data.catalogue.items.map((item) => [item.itemId, item.category, ...item.tokens])).toEqual([
      ['10', 'tea', 'green', 'leaf'],
      ['11', 'pan', 'iron'],
      ['12', 'tea'],
    ]);
    expect(Array.from(data.catalogue.items[1]!.numbers)).toEqual([3, 4]);
    const { history } = data.users[0]!;
    expect(Array.from(history.items)).toEqual([0, 2]);
    expect(history.timestampsMs[0]).toBe(Date.UTC(2024, 0, 2, 3, 4, 5, 678));
    expect(Array.from(history.values)).toEqual([4.5, 2]);
  });

  it('are refused where they are damaged', async () => {
    const path = await put('broken.parquet', 'PAR1 but no more');
    expect((await failure(read({ events: [{ path }] }))).message).toContain('cannot be read as Parquet');
  });
});

describe('a directory', () => {
  it('of one file a domain becomes one data set', async () => {
    const folder = await mkdtemp(join(directory, 'domains-'));
    const lines = rows(['user_id:token', 'item_id:token'], ['anna', '1'], ['bert', '2']);
    await writeFile(join(folder, 'books.inter'), lines);
    await writeFile(join(folder, 'films.train.inter.gz'), gzipSync(lines));
    await writeFile(join(folder, 'films.item'), rows(['item_id:token'], ['1'], ['2'], ['3']));
    await writeFile(join(folder, 'books.item'), rows(['item_id:token'], ['2'], ['1']));
    const { data } = await readDataDirectory(folder, { salt });
    expect(data.catalogue.domains).toEqual(['books', 'films']);
    expect(data.catalogue.items.map((item) => [item.domain, item.itemId])).toEqual([
      [0, '2'],
      [0, '1'],
      [1, '1'],
      [1, '2'],
      [1, '3'],
    ]);
    expect(Array.from(data.users[0]!.history.items)).toEqual([1, 2]);
  });

  it('without event files is refused with what it has', async () => {
    const folder = await mkdtemp(join(directory, 'none-'));
    await writeFile(join(folder, 'notes.txt'), '');
    await expect(findDataFiles(folder)).rejects.toThrow('has no .inter or .inter.gz file; it has notes.txt');
  });

  it('holds no file of an unknown kind as event file', async () => {
    const error = await failure(read({ events: [{ path: 'events.json' }] }));
    expect(error.message).toContain('its name ends in none of');
  });
});
