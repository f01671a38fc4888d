import { failure } from '@isthmus/chassis';
import { Model, ModelReplica, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { LoadModelRequest, SetLabelRequest } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import type { ModelClient, ModelPlace } from '../distribution/model-place.js';

/** An admin port that answers as it is told, one answer after another, and then with the last one again. */
export interface FakeModels extends ModelPlace {
  readonly loads: LoadModelRequest[];
  readonly labels: SetLabelRequest[];
}

/** What a fake answers: a value, or an error that it throws. */
export interface FakeAnswers {
  /** Of GetModel with a version. */
  readonly versions?: readonly (Model | Error)[];
  /** Of GetModel with a label. */
  readonly label?: Model | Error;
  /** Of LoadModel and GetOperation. */
  readonly operations?: readonly (Partial<Operation> | Error)[];
  /** Pages of ListModels. */
  readonly pages?: readonly (readonly Model[])[];
}

/** A version on replicas, each with the name of its host. */
export function versionOn(
  replicas: Readonly<Record<string, Partial<ModelReplica>>>,
  model: object = {},
): Model {
  return Model.fromPartial({
    identity: { name: 'm', version: '1', digest: 'ab' },
    ...model,
    replicas: Object.entries(replicas).map(([host, replica]) =>
      ModelReplica.fromPartial({
        id: `id-of-${host}`,
        host,
        state: ModelState.MODEL_STATE_READY,
        ...replica,
      }),
    ),
  });
}

/** The error of something that is not there. */
export const absent = (reason: 'MODEL_VERSION_NOT_FOUND' | 'MODEL_LABEL_NOT_FOUND' | 'OPERATION_NOT_FOUND') =>
  failure(reason, 'It is not there.');

/** An admin port without a server. */
export function fakeModels(answers: FakeAnswers): FakeModels {
  const loads: LoadModelRequest[] = [];
  const labels: SetLabelRequest[] = [];
  const nextVersion = inTurn(answers.versions ?? []);
  const nextOperation = inTurn(answers.operations ?? [{ done: true }]);
  const operation = () => ({ operation: Operation.fromPartial({ id: 'operation', ...nextOperation() }) });
  const client: Partial<ModelClient> = {
    async getModel({ model }) {
      return { model: model?.choice?.$case === 'label' ? orThrow(answers.label) : nextVersion() };
    },
    async loadModel(request) {
      loads.push(request);
      return operation();
    },
    async getOperation() {
      return operation();
    },
    async setLabel(request) {
      labels.push(request);
      return { model: undefined };
    },
    async listModels({ pageToken }) {
      const page = Number(pageToken || 0);
      const pages = answers.pages ?? [];
      return {
        models: [...(pages[page] ?? [])],
        nextPageToken: page + 1 < pages.length ? String(page + 1) : '',
      };
    },
  };
  return { address: 'fake:1', client: client as ModelClient, loads, labels };
}

function inTurn<T>(answers: readonly (T | Error)[]): () => T {
  let turn = 0;
  return () => orThrow(answers[Math.min(turn++, answers.length - 1)]) as T;
}

function orThrow<T>(answer: T | Error): T {
  if (answer instanceof Error) throw answer;
  return answer;
}
