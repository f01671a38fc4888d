import { type MeshIdentity, methodRoles, type RoleName } from '@isthmus/chassis';
import { ModelServiceService as Models } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import {
  RetrievalServiceService as Retrieval,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { type ClientCase, erased, expectCode, expectRefusal, PATIENCE_MS } from './client-case.js';
import type { MethodCases } from './method-cases.js';
import { methodTable } from './method-table.js';

/** Callers by the role that they have; the last has none. */
const callers: readonly (readonly [MeshIdentity, RoleName | undefined])[] = [
  ['ranker', 'caller'],
  ['catalogue-writer', 'catalogueWriter'],
  ['attestation-worker', undefined],
];

/** What clients meet under TLS: who has the role is answered, and the others are told what they lack. */
export function guardedCases(): readonly ClientCase[] {
  return [...methodTable.map(withoutRole), rankerIsAnswered, ...withoutCertificate, handshakeFails];
}

/** Nothing but the role is wrong as far as the server has looked: authorisation comes before the message is read. */
function withoutRole({ definition, port }: MethodCases): ClientCase {
  const roles = methodRoles().get(definition.path) ?? [];
  const [caller] = callers.find(([, role]) => role === undefined || !roles.includes(role))!;
  return {
    name: `${definition.path.slice(1)} is refused to the ${caller}, which has no role for it`,
    definition,
    address: ({ guarded }) => guarded.addresses[port === 'alone' ? 'retrieval' : port],
    caller,
    behaviour: 'call',
    deadlineMs: PATIENCE_MS,
    reason: 'ROLE_REQUIRED',
    requests: async () => [Buffer.alloc(0)],
    check(outcome) {
      expectRefusal(outcome, 'PERMISSION_DENIED', 'ROLE_REQUIRED');
      if (!outcome.message.includes(`/${caller} may not call ${definition.path.slice(1)}`))
        throw new Error(`the message does not say who may not call what: ${outcome.message}`);
    },
  };
}

const rankerIsAnswered: ClientCase = {
  name: 'a ranker is answered under mutual TLS',
  definition: erased(Retrieval.retrieve),
  address: ({ guarded }) => guarded.addresses.retrieval,
  caller: 'ranker',
  behaviour: 'call',
  deadlineMs: PATIENCE_MS,
  async requests({ contract }) {
    const request = { model: { name: 'gemirec' }, user: contract.user, k: 3 };
    return [Retrieval.retrieve.requestSerialize(RetrieveRequest.fromPartial(request))];
  },
  check(outcome) {
    expectCode(outcome, 'OK');
    const { hits } = Retrieval.retrieve.responseDeserialize(outcome.answers[0]!);
    if (hits.length !== 3) throw new Error(`${hits.length} hits`);
  },
};

/** A server that asks for no certificate gives nobody a role. */
const withoutCertificate: readonly ClientCase[] = [Retrieval.retrieve, Models.listModels].map(
  (method): ClientCase => ({
    name: `${method.path.slice(1)} is refused to who has no certificate`,
    definition: erased<unknown, unknown>(method as never),
    address: ({ guarded: { askingNobody } }) =>
      method === Models.listModels ? askingNobody.adminAddress : askingNobody.address,
    caller: 'nobody',
    behaviour: 'call',
    deadlineMs: PATIENCE_MS,
    reason: 'IDENTITY_REQUIRED',
    requests: async () => [Buffer.alloc(0)],
    check: (outcome) => expectRefusal(outcome, 'UNAUTHENTICATED', 'IDENTITY_REQUIRED'),
  }),
);

/** There is no connection, and so no reason of the server. */
const handshakeFails: ClientCase = {
  name: 'a client without a certificate does not get through the handshake of mutual TLS',
  definition: erased(Retrieval.retrieve),
  address: ({ guarded }) => guarded.addresses.retrieval,
  caller: 'nobody',
  behaviour: 'call',
  deadlineMs: PATIENCE_MS,
  requests: async () => [Buffer.alloc(0)],
  check(outcome) {
    expectCode(outcome, 'UNAVAILABLE');
    if (outcome.reason !== '') throw new Error(`gave the reason "${outcome.reason}"`);
  },
};
