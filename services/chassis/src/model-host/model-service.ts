import type { ModelSpec } from '@isthmus/proto/isthmus/model/v1/model.js';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import {
  LoadModelRequest,
  LoadModelResponse,
  ModelServiceService,
  SetLabelRequest,
  SetLabelResponse,
  UnloadModelRequest,
  UnloadModelResponse,
} from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { decodePageToken, encodePageToken, pageLimit } from '../registry/page-token.js';
import type { RequestLog } from '../registry/request-log.js';
import { bindService, type ServiceBinding } from '../server/bind-service.js';
import { fieldInvalid } from '../validation/request-validator.js';
import type { ModelHost } from './model-host.js';

const listing = 'isthmus.model.v1.ListModels';

/** `isthmus.model.v1.ModelService` over a host, for the admin port. */
export function modelServiceBinding<M>(host: ModelHost<M>, requests: RequestLog): ServiceBinding {
  return bindService(ModelServiceService, {
    async listModels({ pageSize, pageToken }) {
      const after = decodePageToken(listing, pageToken, 2);
      const limit = pageLimit(pageSize);
      const rest = host.models().filter(({ identity }) => {
        const { name = '', version = '' } = identity ?? {};
        return after === undefined || `${name}\0${version}` > after.join('\0');
      });
      const models = rest.slice(0, limit);
      const last = models.at(-1)?.identity;
      return {
        models: await host.withReplicas(models),
        nextPageToken: rest.length > limit && last ? encodePageToken(listing, [last.name, last.version]) : '',
      };
    },

    async getModel({ model }) {
      const [found] = await host.withReplicas([host.model(model as ModelSpec)]);
      return { model: found };
    },

    async loadModel(request, call) {
      requireNames(request);
      const content = LoadModelRequest.encode(request).finish();
      const { response, isRepeat } = await requests.once(
        { method: call.method, requestId: request.requestId, content },
        async () => LoadModelResponse.encode({ operation: host.load(request) }).finish(),
      );
      const { operation } = LoadModelResponse.decode(response);
      return { operation: isRepeat && operation ? host.loadAgain(request, operation) : operation };
    },

    async unloadModel(request, call) {
      const { name, version, requestId } = request;
      const content = UnloadModelRequest.encode(request).finish();
      const { response } = await requests.once(
        { method: call.method, requestId, content },
        async (client) => {
          const forgotten = host.forgetFailed(name, version);
          if (forgotten) return UnloadModelResponse.encode({ model: forgotten }).finish();
          await host.registry.unregister(client, name, version);
          const model = host
            .models()
            .find(({ identity }) => identity?.name === name && identity.version === version);
          return UnloadModelResponse.encode({
            model: model && { ...model, state: ModelState.MODEL_STATE_UNLOADING },
          }).finish();
        },
      );
      await host.sync();
      return UnloadModelResponse.decode(response);
    },

    async setLabel(request, call) {
      const { name, label, version, requestId } = request;
      const content = SetLabelRequest.encode(request).finish();
      const { response } = await requests.once(
        { method: call.method, requestId, content },
        async (client) => {
          host.requireReady(name, version);
          await host.registry.setLabel(client, name, label, version);
          const model = host.model({ name, choice: { $case: 'version', value: version } });
          const labels = [...new Set([...model.labels, label])].sort();
          return SetLabelResponse.encode({ model: { ...model, labels } }).finish();
        },
      );
      await host.sync();
      return SetLabelResponse.decode(response);
    },

    async getOperation({ id }) {
      return { operation: host.operations.get(id) };
    },

    async *watchOperation({ id }, call) {
      for await (const operation of host.operations.watch(id, call.signal)) yield { operation };
    },
  });
}

/** What the schema does not say of the names that a load brings: labels as SetLabel has them, versions without controls. */
function requireNames({ version, labels }: LoadModelRequest): void {
  const violations = labels.flatMap((label, index) =>
    /^[a-z0-9][a-z0-9.-]{0,63}$/.test(label)
      ? []
      : [
          {
            field: `labels[${index}]`,
            rule: 'string.pattern',
            description: 'must be lower-case letters, digits, dots and dashes, at most 64',
          },
        ],
  );
  if (/\p{Cc}/u.test(version)) {
    violations.push({
      field: 'version',
      rule: 'string.pattern',
      description: 'must hold no control characters',
    });
  }
  if (violations.length > 0) throw fieldInvalid(violations);
}
