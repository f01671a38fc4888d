import { type ErrorReasonName, fromStatusProto } from '@isthmus/chassis';
import {
  LoadModelRequest,
  ModelServiceClient,
  ModelServiceService as Models,
} from '@isthmus/proto/isthmus/model/v1/model_service.js';
import type { ModelToLoad, SuiteMesh } from '../support/suite-mesh.js';
import { type ClientCase, erased, expectCode, PATIENCE_MS } from './client-case.js';

/** What is wrong with a model, and what its operation ends with. */
const refused: readonly (readonly [string, ErrorReasonName, (mesh: SuiteMesh) => Partial<ModelToLoad>])[] = [
  ['without attestation', 'MODEL_UNATTESTED', () => ({ bundleDigest: '' })],
  [
    'with the bundle of another',
    'MODEL_ALTERED',
    ({ representationModel }) => ({ bundleDigest: representationModel.bundleDigest }),
  ],
  ['whose attestation is not shown to be in the log', 'MODEL_NOT_ADMITTED', () => ({ logProofDigest: '' })],
  [
    'of another kind',
    'MODEL_INCOMPATIBLE',
    ({ representationModel: { digest, bundleDigest, logProofDigest } }) => ({
      digest,
      bundleDigest,
      logProofDigest,
    }),
  ],
];

let versions = 0;

/** Models that are refused: the call goes well, and its last message says why the operation failed. */
export function refusedModelCases(): readonly ClientCase[] {
  return refused.map(([what, reason, change]) => ({
    name: `a model ${what} is refused, and its operation says why`,
    definition: erased(Models.watchOperation),
    address: ({ contract }) => contract.addresses.admin,
    behaviour: 'call',
    deadlineMs: PATIENCE_MS,
    reason,
    async requests({ contract: { mesh, addresses } }) {
      versions += 1;
      const { operation } = await mesh.connect(ModelServiceClient, addresses.admin).loadModel(
        LoadModelRequest.fromPartial({
          ...mesh.retrievalModel,
          version: `refused-${versions}`,
          labels: [],
          ...change(mesh),
        }),
      );
      return [Models.watchOperation.requestSerialize({ id: operation?.id ?? '' })];
    },
    check(outcome) {
      expectCode(outcome, 'OK');
      const last = Models.watchOperation.responseDeserialize(outcome.answers.at(-1) ?? Buffer.alloc(0));
      if (last.operation?.error === undefined) throw new Error('the operation did not fail');
      const told = fromStatusProto(last.operation.error);
      if (told.reason !== reason) throw new Error(`the operation failed with ${told.reason}, not ${reason}`);
    },
  }));
}
