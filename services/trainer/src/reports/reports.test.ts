import {
  type CatalogueItem,
  createMemoryInputs,
  describeInteractions,
  type EvaluationTargets,
  historyFromEvents,
  type InteractionData,
  openInteractions,
  type Recommender,
  type UserHistory,
} from '@isthmus/learning';
import type { ModelFiles } from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import { mapDictionary } from './dictionary-map.js';
import { explainUser } from './explain-user.js';
import { countTransitions } from './interest-transitions.js';
import { openItemCodes } from './item-codes.js';
import { type OpenRecommender, recallByAge, recallByInterests } from './served-variants.js';

/** Seven items of the data set, of which the model knows five; codes of two levels with three and two codes. */
const rows: readonly (readonly [item: number, ...codes: number[]])[] = [
  [6, 0, 0],
  [1, 0, 1],
  [2, 0, 1],
  [3, 2, 0],
  [5, 2, 1],
];

function modelFiles(): ModelFiles {
  const tensors = {
    'catalogue/items': { shape: [5], data: rows.map(([item]) => item) },
    'dictionary/codes': { shape: [5, 2], data: rows.flatMap(([, ...codes]) => codes) },
  };
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify({ shape: { codes: [3, 2] } }))],
    ['tensors.bin', tensorFile(tensors)],
  ]);
}

/** The layout of a retrieval model's file of tensors. */
function tensorFile(tensors: Record<string, { shape: number[]; data: number[] }>): Uint8Array {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const entry = { name, type: 'uint32', shape, offset };
    offset += Math.ceil((data.length * 4) / 8) * 8;
    return entry;
  });
  const header = new TextEncoder().encode(JSON.stringify(entries));
  const start = Math.ceil((16 + header.length) / 8) * 8;
  // One byte before the file: views of a store's bytes are aligned to nothing.
  const bytes = new Uint8Array(1 + start + offset).subarray(1);
  bytes.set(new TextEncoder().encode('ISTENS1\n'));
  new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(8, BigInt(header.length), true);
  bytes.set(header, 16);
  for (const { name, offset } of entries)
    bytes.set(new Uint8Array(Uint32Array.from(tensors[name]!.data).buffer), start + offset);
  return bytes;
}

const history = (...items: number[]): UserHistory =>
  historyFromEvents(items.map((item, i) => ({ domain: 0, item, timestampMs: i, value: 1 })));

const itemAt = (item: number): CatalogueItem => ({
  itemId: `item-${item}`,
  domain: 0,
  category: ['', 'red', 'red', 'blue', '', 'blue', ''][item]!,
  tokens: [],
  numbers: new Float32Array(),
});

describe('the codes of a model', () => {
  it('are read from its files, whatever view their bytes are', () => {
    const codes = openItemCodes(modelFiles())!;
    expect(codes.nameOf(5)).toBe('2.1');
    expect(codes.codeOf(6, 0)).toBe(0);
    expect(codes.nameOf(4)).toBe('');
  });

  it('are absent from a model without a dictionary', () => {
    const files = new Map(modelFiles());
    files.set('model.json', new TextEncoder().encode('{"shape":{"codes":[]}}'));
    expect(openItemCodes(files)).toBeUndefined();
  });

  it('have to be of all items', () => {
    const files = new Map(modelFiles());
    files.set('model.json', new TextEncoder().encode('{"shape":{"codes":[3]}}'));
    expect(() => openItemCodes(files)).toThrow('codes of 10 items, but knows 5');
  });

  it('are no other file', () => {
    const files = new Map(modelFiles()).set('tensors.bin', new Uint8Array(40));
    expect(() => openItemCodes(files)).toThrow('no file of tensors');
    const short = new Map(modelFiles()).set('tensors.bin', modelFiles().get('tensors.bin')!.slice(0, -8));
    expect(() => openItemCodes(short)).toThrow('ends outside of its file');
  });
});

describe('the map of a dictionary', () => {
  const map = mapDictionary(openItemCodes(modelFiles())!, itemAt, [0, 3, 9, 1, 0, 1, 4]);

  it('counts the use of every level', () => {
    expect(map.levels.map(({ occupancy, dead }) => ({ occupancy, dead }))).toEqual([
      { occupancy: [3, 0, 2], dead: 1 },
      { occupancy: [2, 3], dead: 0 },
    ]);
    expect(map.levels[1]!.perplexity).toBeCloseTo(2 ** (-0.4 * Math.log2(0.4) - 0.6 * Math.log2(0.6)), 12);
    expect([map.items, map.tuples, map.ownedTuples]).toEqual([5, 6, 4]);
  });

  it('names what the codes hold, the fullest first and the best known item first', () => {
    expect(map.codes.map(({ code, items, category }) => [code, items, category])).toEqual([
      [0, 3, 'red'],
      [2, 2, 'blue'],
    ]);
    expect(map.codes[0]!.categoryShare).toBeCloseTo(2 / 3, 12);
    expect(map.codes[0]!.examples.map(({ itemId }) => itemId)).toEqual(['item-2', 'item-6', 'item-1']);
  });
});

describe('transitions between interests', () => {
  it('go from one item that has a code to the next that has one', () => {
    const { codes, counts, total } = countTransitions(openItemCodes(modelFiles())!, [
      history(1, 4, 3, 5),
      history(6, 2),
      history(0),
    ]);
    expect(codes).toEqual([0, 2]);
    expect(counts).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(total).toBe(3);
  });
});

/** One user with twenty events of the items 0 to 4 in turn, whose next item is the 5. */
const longHistory = history(...Array.from({ length: 20 }, (_, i) => i % 5));
const targets: readonly EvaluationTargets[] = [
  {
    name: 'next',
    users: [
      {
        record: 0,
        targets: Uint32Array.of(5),
        targetTimestampsMs: Float64Array.of(20),
        excluded: Uint32Array.of(0, 1, 2, 3, 4),
        targetEvents: 20,
        sourceEvents: 0,
      },
    ],
  },
];

function world() {
  const data: InteractionData = {
    catalogue: { domains: ['shop'], items: Array.from({ length: 7 }, (_, item) => itemAt(item)) },
    users: [{ id: 1n, history: longHistory }],
  };
  return createMemoryInputs(data, { ...describeInteractions(data, { targetDomain: 'shop', split: {} }) });
}

/** Finds the item 5 where it has several interests and a history that ends with the item 4 or 1. */
const open: OpenRecommender = (files, inputs) => {
  const { interests } = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  const data = openInteractions(inputs);
  const recommend: Recommender['recommend'] = (record) => {
    const last = data.history(record).items.at(-1)!;
    return interests > 1 && [4, 1].includes(last) ? Uint32Array.of(6, 5) : Uint32Array.of(6);
  };
  const lists = [Uint32Array.of(0, 6), Uint32Array.of(5, 6)];
  return { recommend, interests: () => ({ vectors: lists.map(() => new Float32Array(2)), lists }) };
};

function filesWith(interests: number): ModelFiles {
  const header = { shape: { codes: [3, 2] }, interests };
  return new Map(modelFiles()).set('model.json', new TextEncoder().encode(JSON.stringify(header)));
}

describe('curves', () => {
  it('ask the model with other numbers of interests', () => {
    const curve = recallByInterests(open, filesWith(4), world(), targets[0]!)!;
    expect(curve).toMatchObject({ group: 'next', users: 1 });
    expect(curve.points.map(({ recall50 }) => recall50)).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });

  it('show the history as it stood when the answer was made', () => {
    const curve = recallByAge(open, filesWith(4), world(), targets[0]!)!;
    // The history ends with 4; without its last event with 3, then with 2, 1, 4, 1 and 1.
    expect(curve.points.map(({ x }) => x)).toEqual([0, 1, 2, 3, 5, 8, 13]);
    expect(curve.points.map(({ recall50 }) => recall50)).toEqual([1, 0, 0, 1, 1, 1, 1]);
  });

  it('are left out where nobody has a history of that length', () => {
    const [group] = targets;
    const short = { name: 'next', users: group!.users.map((user) => ({ ...user, targetEvents: 3 })) };
    expect(recallByAge(open, filesWith(4), world(), short)).toBeUndefined();
  });
});

describe('a user', () => {
  const inputs = world();
  const recommender = open(filesWith(4), inputs);
  const codes = openItemCodes(filesWith(4));

  it('is shown with what each interest finds and which one finds an item of the answer', () => {
    const user = explainUser(recommender, openInteractions(inputs), targets, codes)!;
    expect(user.history.at(-1)).toEqual({ itemId: 'item-4', category: '', code: '', domain: 'shop' });
    expect(user.targets).toEqual([{ itemId: 'item-5', category: 'blue', code: '2.1' }]);
    expect(user.interests.map((list) => list.map(({ itemId }) => itemId))).toEqual([
      ['item-6'],
      ['item-5', 'item-6'],
    ]);
    expect(user.answer.map(({ itemId, interest, isTarget }) => [itemId, interest, isTarget])).toEqual([
      ['item-6', 0, false],
      ['item-5', 1, true],
    ]);
  });

  it('has to be one who is evaluated', () => {
    expect(() => explainUser(recommender, openInteractions(inputs), targets, codes, 9)).toThrow('user 9');
  });
});
