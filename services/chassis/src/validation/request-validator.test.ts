import { type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { createValidator } from '@bufbuild/protovalidate';
import { VerifyAttestationRequest } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import {
  CommitSegmentsRequest,
  FinishRunRequest,
  ListRunsRequest,
  StartRunRequest,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { LoadModelRequest, SetLabelRequest } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import {
  RepresentRequest,
  ScoreCausalityRequest,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { UpsertItemsRequest } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { BatchRetrieveRequest, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { describe, expect, it } from '@jest/globals';
import { IsthmusError } from '../errors/isthmus-error.js';
import { contractSchema } from './contract-schema.js';
import { requestValidator } from './request-validator.js';

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
  fromPartial(partial: never): T;
}

const retrieval = '/isthmus.retrieval.v1.RetrievalService';
const catalogue = '/isthmus.retrieval.v1.CatalogueService';
const proof = '/isthmus.attestation.v1.ProofService';
const models = '/isthmus.model.v1.ModelService';
const representation = '/isthmus.representation.v1.RepresentationService';
const model = { name: 'gemirec-kitchen' };
const user = { events: [{ domain: 'food', itemId: 'a', timestampMs: 1n }] };
const retrieve = { model, user, k: 10 };
const hash = Buffer.alloc(32, 1);
const commit = { runId: 'r', stateHash: hash, readsDigest: hash, chain: hash, steps: 1n };

/** Path, codec, what is sent, and the rule that it breaks first; undefined where it breaks none. */
const cases: [title: string, path: string, codec: unknown, partial: unknown, rule: string | undefined][] = [
  ['a plain retrieve', `${retrieval}/Retrieve`, RetrieveRequest, retrieve, undefined],
  ['no model', `${retrieval}/Retrieve`, RetrieveRequest, { user, k: 1 }, 'required'],
  [
    'an empty model name',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, model: { name: '' } },
    'string.min_len',
  ],
  [
    'a model name in capitals',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, model: { name: 'GemiRec' } },
    'string.pattern',
  ],
  [
    'a model name with a line break',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, model: { name: 'a\n' } },
    'string.pattern',
  ],
  [
    'an empty label',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, model: { name: 'a', choice: { $case: 'label', value: '' } } },
    'string.min_len',
  ],
  [
    'a label',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, model: { name: 'a', choice: { $case: 'label', value: 'canary' } } },
    undefined,
  ],
  ['k = 0', `${retrieval}/Retrieve`, RetrieveRequest, { ...retrieve, k: 0 }, 'uint32.gte_lte'],
  ['k = 1001', `${retrieval}/Retrieve`, RetrieveRequest, { ...retrieve, k: 1001 }, 'uint32.gte_lte'],
  ['65 interests', `${retrieval}/Retrieve`, RetrieveRequest, { ...retrieve, interests: 65 }, 'uint32.lte'],
  [
    'a negative sequence',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, minSequence: -1n },
    'int64.gte',
  ],
  [
    'an unknown enum value',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, crossDomain: 99 },
    'enum.defined_only',
  ],
  [
    'an empty excluded id',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, excludedItemIds: ['a', ''] },
    'string.min_len',
  ],
  ['an unset optional', `${retrieval}/Retrieve`, RetrieveRequest, { ...retrieve, merge: {} }, undefined],
  [
    'an optional out of range',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, merge: { quotaExponent: 1.5 } },
    'float.gte_lte',
  ],
  [
    'an optional that is no number',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, merge: { quotaExponent: Number.NaN } },
    'float.gte_lte',
  ],
  [
    'an event without domain',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, user: { events: [{ domain: '', itemId: 'a' }] } },
    'string.min_len',
  ],
  [
    'ids of 256 characters beyond the BMP',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, user: { userId: '🦊'.repeat(256) } },
    undefined,
  ],
  [
    'ids of 257 characters beyond the BMP',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, user: { userId: '🦊'.repeat(257) } },
    'string.max_len',
  ],
  [
    'features',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, user: { features: { a: [1, { b: 'c' }] } } },
    undefined,
  ],
  [
    'too many events',
    `${retrieval}/Retrieve`,
    RetrieveRequest,
    { ...retrieve, user: { events: Array(10_001).fill(user.events[0]) } },
    'repeated.max_items',
  ],
  ['an empty batch', `${retrieval}/BatchRetrieve`, BatchRetrieveRequest, {}, 'repeated.min_items'],
  [
    'a batch with a bad request',
    `${retrieval}/BatchRetrieve`,
    BatchRetrieveRequest,
    { requests: [retrieve, { ...retrieve, k: 0 }] },
    'uint32.gte_lte',
  ],
  [
    'an item with a vector',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [{ itemId: 'a', source: { $case: 'vector', value: { dim: 1, values: Buffer.alloc(4) } } }],
    },
    undefined,
  ],
  [
    'a vector without bytes',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    { modelName: 'm', items: [{ itemId: 'a', source: { $case: 'vector', value: { dim: 1 } } }] },
    'bytes.min_len',
  ],
  [
    'a vector without dimension',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [{ itemId: 'a', source: { $case: 'vector', value: { dim: 0, values: Buffer.alloc(4) } } }],
    },
    'uint32.gte_lte',
  ],
  [
    'an infinite attribute',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [
        { itemId: 'a', attributes: { x: { kind: { $case: 'number', value: Number.POSITIVE_INFINITY } } } },
      ],
    },
    'double.finite',
  ],
  [
    'a good attribute',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [{ itemId: 'a', attributes: { x: { kind: { $case: 'keywords', value: { values: ['k'] } } } } }],
    },
    undefined,
  ],
  [
    'too many attributes',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [
        {
          itemId: 'a',
          attributes: Object.fromEntries(
            Array.from({ length: 65 }, (_, i) => [`a${i}`, { kind: { $case: 'timeMs', value: 1n } }]),
          ),
        },
      ],
    },
    'map.max_pairs',
  ],
  [
    'a long token',
    `${catalogue}/UpsertItems`,
    UpsertItemsRequest,
    {
      modelName: 'm',
      items: [{ itemId: 'a', source: { $case: 'features', value: { tokens: ['x'.repeat(129)] } } }],
    },
    'string.max_len',
  ],
  ['a commitment', `${proof}/CommitSegments`, CommitSegmentsRequest, commit, undefined],
  [
    'a short hash',
    `${proof}/CommitSegments`,
    CommitSegmentsRequest,
    { ...commit, stateHash: Buffer.alloc(31) },
    'bytes.len',
  ],
  ['no steps', `${proof}/CommitSegments`, CommitSegmentsRequest, { ...commit, steps: 0n }, 'uint64.gte'],
  [
    'no mode',
    `${proof}/StartRun`,
    StartRunRequest,
    { manifest: Buffer.alloc(2), signature: Buffer.alloc(8), publicKey: Buffer.alloc(32), requestId: 'x' },
    'enum.not_in',
  ],
  ['a negative page size', `${proof}/ListRuns`, ListRunsRequest, { pageSize: -1 }, 'int32.gte_lte'],
  ['an empty prover key', `${proof}/ListRuns`, ListRunsRequest, {}, undefined],
  ['a malformed prover key', `${proof}/ListRuns`, ListRunsRequest, { proverKeyId: 'xyz' }, 'string.pattern'],
  [
    'a run without files',
    `${proof}/FinishRun`,
    FinishRunRequest,
    { runId: 'r', segments: 1n, chainHead: hash, modelDigest: 'a'.repeat(64), signature: Buffer.alloc(8) },
    'repeated.min_items',
  ],
  [
    'a log proof of too many bytes',
    '/isthmus.attestation.v1.AttestationService/VerifyAttestation',
    VerifyAttestationRequest,
    { bundle: Buffer.alloc(2), logProof: 'é'.repeat(32_769) },
    'string.max_bytes',
  ],
  [
    'a digest that is none',
    `${models}/LoadModel`,
    LoadModelRequest,
    { name: 'm', version: '1', digest: 'x' },
    'string.pattern',
  ],
  [
    'an empty label name',
    `${models}/SetLabel`,
    SetLabelRequest,
    { name: 'm', version: '1', label: '' },
    'string.min_len',
  ],
  ['a plain represent', `${representation}/Represent`, RepresentRequest, { model, user }, undefined],
  [
    'no target items',
    `${representation}/ScoreCausality`,
    ScoreCausalityRequest,
    { model, user },
    'repeated.min_items',
  ],
];

describe('the validator of requests', () => {
  const reference = createValidator({ registry: contractSchema().registry });

  it.each(cases)('agrees with protovalidate: %s', (_title, path, codec, partial, rule) => {
    const type = codec as Codec<unknown>;
    const bytes = type.encode(type.fromPartial(partial as never)).finish();
    const ours = verdict(path, type.decode(bytes));
    expect(ours[0]?.rule).toBe(rule);
    const desc = contractSchema().methods.get(path)?.input as DescMessage;
    const theirs = reference.validate(desc, fromBinary(desc, bytes));
    expect(theirs.kind).toBe(rule === undefined ? 'valid' : 'invalid');
    if (rule !== undefined && rule !== 'repeated.max_items' && rule !== 'map.max_pairs') {
      expect(ours.map((violation) => violation.rule).sort()).toEqual(
        theirs.violations?.map(({ ruleId }) => ruleId).sort(),
      );
    }
  });

  it('names fields as the contract does, with places in lists and maps', () => {
    const request = BatchRetrieveRequest.fromPartial({
      requests: [retrieve, { model, k: 1, user: { events: [user.events[0]!, { domain: '', itemId: 'x' }] } }],
    });
    expect(verdict(`${retrieval}/BatchRetrieve`, request)).toEqual([
      {
        field: 'requests[1].user.events[1].domain',
        rule: 'string.min_len',
        description: 'must have at least 1 characters',
      },
    ]);
    const items = [
      { itemId: 'a', attributes: { price: { kind: { $case: 'number' as const, value: Number.NaN } } } },
    ];
    const [violation] = verdict(
      `${catalogue}/UpsertItems`,
      UpsertItemsRequest.fromPartial({ modelName: 'm', items }),
    );
    expect(violation?.field).toBe('items[0].attributes["price"].number');
  });

  it('tells at most 16 violations, however many there are', () => {
    const request = RetrieveRequest.fromPartial({ ...retrieve, excludedItemIds: Array(10_000).fill('') });
    expect(verdict(`${retrieval}/Retrieve`, request)).toHaveLength(16);
  });

  it('knows every rule of every method of the contracts', () => {
    const paths = [...contractSchema().methods.keys()].filter((path) => path.startsWith('/isthmus.'));
    expect(paths.length).toBeGreaterThan(25);
    for (const path of paths) expect(requestValidator(path)).toBeInstanceOf(Function);
  });

  it('finds the members of messages under the names that ts-proto gives them', () => {
    const desc = contractSchema().methods.get(`${retrieval}/Retrieve`)?.input as DescMessage;
    const names = desc.fields.map(({ localName, oneof }) => oneof?.localName ?? localName);
    expect(Object.keys(RetrieveRequest.fromPartial({})).sort()).toEqual([...new Set(names)].sort());
  });

  it('costs microseconds for a request with 50 events', () => {
    const events = Array.from({ length: 50 }, (_, i) => ({
      domain: 'food',
      itemId: `item-${i}`,
      timestampMs: 1n,
    }));
    const request = RetrieveRequest.fromPartial({ ...retrieve, user: { events } });
    const validate = requestValidator(`${retrieval}/Retrieve`)!;
    for (let i = 0; i < 5_000; i++) validate(request);
    const before = process.cpuUsage(); // not the clock's time, which others take too
    for (let i = 0; i < 5_000; i++) validate(request);
    const { user, system } = process.cpuUsage(before);
    const microseconds = (user + system) / 5_000;
    expect(microseconds).toBeLessThan(100); // about 5 on an idle core; the bound allows for a busy machine
  });
});

function verdict(path: string, request: unknown) {
  try {
    requestValidator(path)!(request);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(IsthmusError);
    return (error as IsthmusError).violations;
  }
}
