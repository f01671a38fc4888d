import { randomUUID } from 'node:crypto';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import {
  type GetModelRequest,
  ListModelsRequest,
  LoadModelRequest,
  ModelServiceClient,
  ModelServiceService as Models,
  SetLabelRequest,
  UnloadModelRequest,
} from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { expect } from '@jest/globals';
import type { ContractWorld } from './contract-world.js';
import { type BadCase, bad, badPages, invalid, type MethodCases, methodCases } from './method-cases.js';
import { badModels, long, spec } from './shared-cases.js';

const name = 'gemirec';

function models({ mesh, addresses }: ContractWorld) {
  return mesh.connect(ModelServiceClient, addresses.admin);
}

/** Loads a version without a label and returns the id of the operation, which has ended. */
async function loadSpare(world: ContractWorld, version: string): Promise<string> {
  const client = models(world);
  const request = { ...world.mesh.retrievalModel, version, labels: [] };
  const { operation } = await client.loadModel(LoadModelRequest.fromPartial(request));
  const id = operation?.id ?? '';
  for await (const _update of client.watchOperation({ id }));
  return id;
}

function badVersions<Request extends { name: string; version: string }>(): BadCase<Request>[] {
  return [
    invalid('no name', (good) => ({ ...good, name: '' })),
    invalid('no version', (good) => ({ ...good, version: '' })),
    bad('an unknown version', (good) => ({ ...good, version: '0' }), 'NOT_FOUND', 'MODEL_VERSION_NOT_FOUND'),
  ];
}

function badOperations(): BadCase<{ id: string }>[] {
  return [
    invalid('no id', () => ({ id: '' })),
    bad<{ id: string }>(
      'an unknown operation',
      () => ({ id: randomUUID() }),
      'NOT_FOUND',
      'OPERATION_NOT_FOUND',
    ),
  ];
}

/** Cases of `isthmus.model.v1.ModelService`, on the admin port of retrieval. */
export const modelCases: readonly MethodCases[] = [
  methodCases(
    Models.listModels,
    'admin',
    () => ListModelsRequest.fromPartial({ pageSize: 1 }),
    badPages<ListModelsRequest>(),
    ([answer]) => {
      expect(answer?.models).toHaveLength(1);
      expect(answer?.nextPageToken).not.toBe('');
    },
  ),
  methodCases(
    Models.getModel,
    'admin',
    () => ({ model: spec(name) }),
    badModels<GetModelRequest>(name),
    ([answer]) => {
      expect(answer?.model?.state).toBe(ModelState.MODEL_STATE_READY);
      expect(answer?.model?.labels).toContain('stable');
      const [replica] = answer?.model?.replicas ?? [];
      expect(replica).toMatchObject({ state: ModelState.MODEL_STATE_READY, failure: '' });
      expect(replica?.labels).toContain('stable');
      expect(replica?.id).not.toBe('');
    },
  ),
  methodCases(
    Models.loadModel,
    'admin',
    ({ mesh }) =>
      LoadModelRequest.fromPartial({
        ...mesh.retrievalModel,
        version: 'loaded',
        labels: [],
        requestId: randomUUID(),
      }),
    [
      invalid('no name', (good) => ({ ...good, name: '' })),
      invalid('a name in capitals', (good) => ({ ...good, name: 'GemiRec' })),
      invalid('no version', (good) => ({ ...good, version: '' })),
      invalid('a digest that is none', (good) => ({ ...good, digest: 'abc' })),
      invalid('a bundle digest that is none', (good) => ({ ...good, bundleDigest: 'abc' })),
      invalid('a log proof digest that is none', (good) => ({ ...good, logProofDigest: 'abc' })),
      invalid('17 labels', (good) => ({ ...good, labels: Array.from({ length: 17 }, (_, i) => `l${i}`) })),
      invalid('a label in capitals', (good) => ({ ...good, labels: ['Stable'] })),
      bad(
        'other files under a version that is there',
        (good, { mesh }) => ({ ...good, version: '1', digest: mesh.representationModel.digest }),
        'ALREADY_EXISTS',
        'MODEL_VERSION_EXISTS',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await models(world).loadModel(good);
          return { ...good, version: 'another' };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    ([answer]) => {
      expect(answer?.operation?.id).not.toBe('');
    },
  ),
  methodCases(
    Models.unloadModel,
    'admin',
    async (world) => {
      await loadSpare(world, 'spare');
      return UnloadModelRequest.fromPartial({ name, version: 'spare', requestId: randomUUID() });
    },
    [
      ...badVersions<UnloadModelRequest>(),
      bad(
        'a version that carries a label',
        (good) => ({ ...good, version: '1' }),
        'FAILED_PRECONDITION',
        'MODEL_IN_USE',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await models(world).unloadModel(good);
          return { ...good, version: '1' };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    ([answer]) => {
      expect(answer?.model?.state).toBe(ModelState.MODEL_STATE_UNLOADING);
    },
  ),
  methodCases(
    Models.setLabel,
    'admin',
    () => SetLabelRequest.fromPartial({ name, label: 'shown', version: '1', requestId: randomUUID() }),
    [
      ...badVersions<SetLabelRequest>(),
      invalid('no label', (good) => ({ ...good, label: '' })),
      invalid('a label in capitals', (good) => ({ ...good, label: 'Shown' })),
      invalid('a label of 65 characters', (good) => ({ ...good, label: long(65) })),
      bad('an unknown model', (good) => ({ ...good, name: 'nobody' }), 'NOT_FOUND', 'MODEL_NOT_FOUND'),
      bad(
        'a version that could not be loaded',
        (good) => ({ ...good, version: 'broken' }),
        'FAILED_PRECONDITION',
        'MODEL_NOT_READY',
      ),
      bad(
        'a request id that was used for something else',
        async (good, world) => {
          await models(world).setLabel(good);
          return { ...good, label: 'another' };
        },
        'ALREADY_EXISTS',
        'REQUEST_ID_REUSED',
      ),
    ],
    ([answer]) => {
      expect(answer?.model?.labels).toContain('shown');
    },
  ),
  methodCases(
    Models.getOperation,
    'admin',
    async (world) => ({ id: await loadSpare(world, 'asked-for') }),
    badOperations(),
    ([answer]) => {
      expect(answer?.operation).toMatchObject({ done: true, stage: 'done' });
    },
  ),
  methodCases(
    Models.watchOperation,
    'admin',
    async (world) => ({ id: await loadSpare(world, 'watched') }),
    badOperations(),
    (answers) => {
      expect(answers.at(-1)?.operation?.done).toBe(true);
    },
  ),
];
