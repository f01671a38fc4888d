import { randomUUID } from 'node:crypto';
import {
  CatalogueServiceService as Catalogue,
  CatalogueServiceClient,
  DeleteItemsRequest,
  GetItemsRequest,
  Item,
  ListItemsRequest,
  UpsertItemsRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { expect } from '@jest/globals';
import { gemirecSpec } from '../support/small-specifications.js';
import type { ContractWorld } from './contract-world.js';
import { type BadCase, bad, badPages, invalid, type MethodCases, methodCases } from './method-cases.js';
import { beyondSafe, long } from './shared-cases.js';

const dim = gemirecSpec.dim as number;
const modelName = 'gemirec';

function item(itemId: string, source: Item['source'], more: Partial<Item> = {}): Item {
  return { ...Item.fromPartial({ itemId }), source, ...more };
}

function vector(dimension: number, bytes: number, first = 0): Item['source'] {
  const values = Buffer.alloc(bytes);
  if (bytes >= 4) values.writeFloatLE(first);
  return { $case: 'vector', value: { dim: dimension, values } };
}

/** Requests with one item in place of the good one. */
function withItem(
  what: string,
  source: Item['source'],
  code: string,
  reason: BadCase<UpsertItemsRequest>['reason'],
  more: Partial<Item> = {},
): BadCase<UpsertItemsRequest> {
  return bad(what, (good) => ({ ...good, items: [item('bad', source, more)] }), code, reason);
}

/** A model name or a list of ids that is wrong, the same for all that name items. */
function badNames<Request extends { modelName: string }>(): BadCase<Request>[] {
  return [
    invalid('no model name', (good) => ({ ...good, modelName: '' })),
    bad('an unknown model', (good) => ({ ...good, modelName: 'nobody' }), 'NOT_FOUND', 'MODEL_NOT_FOUND'),
  ];
}

function badIds<Request extends { itemIds: string[] }>(): BadCase<Request>[] {
  return [
    invalid('no items', (good) => ({ ...good, itemIds: [] })),
    invalid('an empty id', (good) => ({ ...good, itemIds: [''] })),
    invalid('an id of 257 characters', (good) => ({ ...good, itemIds: [long(257)] })),
    invalid('1,001 items', (good) => ({ ...good, itemIds: Array(1001).fill('x') })),
  ];
}

function badSequences<Request extends { minSequence: bigint }>(): BadCase<Request>[] {
  return [
    invalid('a negative sequence', (good) => ({ ...good, minSequence: -1n })),
    bad(
      'a sequence that nobody reaches by the deadline',
      (good) => ({ ...good, minSequence: beyondSafe }),
      'DEADLINE_EXCEEDED',
      'SEQUENCE_NOT_REACHED',
      { deadlineMs: 400 },
    ),
  ];
}

/** Writes that go well, for what comes after them. */
function catalogue({ mesh, addresses }: ContractWorld) {
  return mesh.connect(CatalogueServiceClient, addresses.retrieval);
}

/** Cases of `isthmus.retrieval.v1.CatalogueService`. */
export const catalogueCases: readonly MethodCases[] = [
  methodCases(
    Catalogue.upsertItems,
    'retrieval',
    () =>
      UpsertItemsRequest.fromPartial({
        modelName,
        items: [
          item('contract-item', vector(dim, 4 * dim), {
            attributes: {
              early: { kind: { $case: 'timeMs', value: -beyondSafe } },
              late: { kind: { $case: 'timeMs', value: beyondSafe } },
            },
          }),
        ],
        requestId: randomUUID(),
      }),
    [
      ...badNames<UpsertItemsRequest>(),
      invalid('no items', (good) => ({ ...good, items: [] })),
      invalid('1,001 items', (good) => ({ ...good, items: Array(1001).fill(good.items[0]) })),
      withItem('a vector of no dimension', vector(0, 4), 'INVALID_ARGUMENT', 'FIELD_INVALID'),
      withItem('an item without an id', vector(dim, 4 * dim), 'INVALID_ARGUMENT', 'FIELD_INVALID', {
        itemId: '',
      }),
      withItem('an attribute that is infinite', vector(dim, 4 * dim), 'INVALID_ARGUMENT', 'FIELD_INVALID', {
        attributes: { price: { kind: { $case: 'number', value: Number.POSITIVE_INFINITY } } },
      }),
      withItem(
        'a vector of another dimension',
        vector(dim + 1, 4 * dim + 4),
        'INVALID_ARGUMENT',
        'DIMENSION_MISMATCH',
      ),
      withItem('NaN in a vector', vector(dim, 4 * dim, Number.NaN), 'INVALID_ARGUMENT', 'VECTOR_NOT_FINITE'),
      withItem(
        'an infinity in a vector',
        vector(dim, 4 * dim, -1 / 0),
        'INVALID_ARGUMENT',
        'VECTOR_NOT_FINITE',
      ),
      withItem(
        'a vector with too few bytes',
        vector(dim, 4 * dim - 1),
        'INVALID_ARGUMENT',
        'VECTOR_MALFORMED',
      ),
      withItem('an item of another domain', vector(dim, 4 * dim), 'INVALID_ARGUMENT', 'DOMAIN_UNKNOWN', {
        domain: 'shoes',
      }),
      withItem(
        'an id that the model should know and does not',
        { $case: 'known', value: {} },
        'NOT_FOUND',
        'ITEM_UNKNOWN',
      ),
      withItem(
        'neither vector nor features nor a known id',
        undefined,
        'INVALID_ARGUMENT',
        'ITEM_NOT_ENCODABLE',
      ),
      withItem(
        'features of which the model knows none',
        { $case: 'features', value: { category: 'no such category', tokens: ['no such token'] } },
        'INVALID_ARGUMENT',
        'ITEM_NOT_ENCODABLE',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await catalogue(world).upsertItems(good);
          return { ...good, items: [item('other', vector(dim, 4 * dim))] };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    async ([answer], world) => {
      const { items } = await catalogue(world).getItems(
        GetItemsRequest.fromPartial({
          modelName,
          itemIds: ['contract-item'],
          minSequence: answer?.sequence ?? 0n,
        }),
      );
      // 64-bit numbers survive on their way through the log.
      expect(items[0]?.attributes.late?.kind).toEqual({ $case: 'timeMs', value: beyondSafe });
      expect(items[0]?.attributes.early?.kind).toEqual({ $case: 'timeMs', value: -beyondSafe });
    },
  ),
  methodCases(
    Catalogue.deleteItems,
    'retrieval',
    () => DeleteItemsRequest.fromPartial({ modelName, itemIds: ['never-there'], requestId: randomUUID() }),
    [
      ...badNames<DeleteItemsRequest>(),
      ...badIds<DeleteItemsRequest>(),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await catalogue(world).deleteItems(good);
          return { ...good, itemIds: ['another'] };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    ([answer]) => {
      expect(answer?.sequence).toBeGreaterThan(0n);
    },
  ),
  methodCases(
    Catalogue.getItems,
    'retrieval',
    (world) => GetItemsRequest.fromPartial({ modelName, itemIds: [world.targetItems(1)[0]!, 'never-there'] }),
    [...badNames<GetItemsRequest>(), ...badIds<GetItemsRequest>(), ...badSequences<GetItemsRequest>()],
    ([answer], world) => {
      expect(answer?.items.map(({ itemId }) => itemId)).toEqual(world.targetItems(1));
      expect(answer?.missingItemIds).toEqual(['never-there']);
    },
  ),
  methodCases(
    Catalogue.listItems,
    'retrieval',
    () => ListItemsRequest.fromPartial({ modelName, pageSize: 3 }),
    [...badNames<ListItemsRequest>(), ...badPages<ListItemsRequest>(), ...badSequences<ListItemsRequest>()],
    ([answer]) => {
      expect(answer?.items).toHaveLength(3);
      expect(answer?.nextPageToken).not.toBe('');
    },
  ),
];
