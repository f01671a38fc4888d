import { ProofServiceService as Proof } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { RetrievalServiceService as Retrieval } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { type ClientCase, erased, expectCode, expectRefusal, PATIENCE_MS } from './client-case.js';
import type { ContractWorld } from './contract-world.js';
import { guardedCases } from './guarded-cases.js';
import type { MethodCases } from './method-cases.js';
import { methodTable } from './method-table.js';
import { refusedModelCases } from './refused-model-cases.js';
import { beyondSafe } from './shared-cases.js';

/** Clients give `request_id` where it is empty, so this case cannot be put to them. */
const filledInByClients = 'no request id';

/** The calls of the contract's table, and those that are about clients. */
export function clientCases(): readonly ClientCase[] {
  return [
    ...methodTable.flatMap(ofMethod),
    ...cancellations,
    emptyRequest,
    oversizedRequest,
    passedDeadline,
    ...refusedModelCases(),
    ...guardedCases(),
    drainedStream,
  ];
}

function ofMethod(cases: MethodCases): ClientCase[] {
  const { definition, port } = cases;
  const path = definition.path.slice(1);
  const good: ClientCase = {
    name: `${path} answers a good request`,
    definition,
    address: ({ contract }) => contract.addresses[port],
    behaviour: 'call',
    deadlineMs: PATIENCE_MS,
    requests: async ({ contract }) => [definition.requestSerialize(await cases.good(contract))],
    check: (outcome) => expectCode(outcome, 'OK'),
    async checkAnswers(outcome, { contract }, [request]) {
      const answers = outcome.answers.map((answer) => definition.responseDeserialize(answer));
      await cases.check?.(answers, contract, definition.requestDeserialize(request!));
    },
  };
  const bad = cases.bad
    .filter(({ what }) => what !== filledInByClients)
    .map(
      (one): ClientCase => ({
        name: `${path} refuses ${one.what}`,
        definition,
        address: ({ contract }) => contract.addresses[one.port ?? port],
        behaviour: 'call',
        deadlineMs: one.deadlineMs ?? PATIENCE_MS,
        reason: one.reason,
        async requests({ contract }) {
          const changed = await one.change(await cases.good(contract), contract);
          return (Array.isArray(changed) ? changed : [changed]).map(definition.requestSerialize);
        },
        check: (outcome) => expectRefusal(outcome, one.code, one.reason),
      }),
    );
  return [good, ...bad];
}

const unreachable = (world: ContractWorld): Buffer =>
  Retrieval.retrieve.requestSerialize({
    ...Retrieval.retrieve.requestDeserialize(Buffer.alloc(0)),
    model: { name: 'gemirec', choice: undefined },
    user: world.user,
    k: 1,
    minSequence: beyondSafe,
  });

const cancellations: readonly ClientCase[] = [
  {
    name: 'a call that waits is cancelled',
    definition: erased(Retrieval.retrieve),
    address: ({ contract }) => contract.addresses.retrieval,
    behaviour: 'cancel',
    deadlineMs: 10_000,
    requests: async ({ contract }) => [unreachable(contract)],
    check: (outcome) => expectCode(outcome, 'CANCELLED'),
  },
  {
    name: 'a server stream is cancelled after its first message',
    definition: erased(Proof.watchRun),
    address: ({ contract }) => contract.addresses.attestation,
    behaviour: 'cancel',
    deadlineMs: 10_000,
    async requests({ contract }) {
      const { started } = await contract.startedRun();
      return [Proof.watchRun.requestSerialize({ runId: started.run?.id ?? '' })];
    },
    check(outcome) {
      expectCode(outcome, 'CANCELLED');
      if (outcome.answers.length !== 1) throw new Error(`${outcome.answers.length} messages came before it`);
    },
  },
];

const emptyRequest: ClientCase = {
  name: 'an empty message is refused field by field',
  definition: erased(Retrieval.retrieve),
  address: ({ contract }) => contract.addresses.retrieval,
  behaviour: 'call',
  deadlineMs: null,
  requests: async () => [Buffer.alloc(0)],
  check(outcome) {
    expectRefusal(outcome, 'INVALID_ARGUMENT', 'FIELD_INVALID');
    const fields = outcome.violations.map(({ field }) => field);
    if (!fields.includes('model')) throw new Error(`violations name ${JSON.stringify(fields)}, not "model"`);
  },
};

const oversizedRequest: ClientCase = {
  name: 'a message beyond 4 MiB is refused',
  definition: erased(Retrieval.retrieve),
  address: ({ contract }) => contract.addresses.retrieval,
  behaviour: 'call',
  deadlineMs: null,
  async requests({ contract }) {
    const request = { ...Retrieval.retrieve.requestDeserialize(unreachable(contract)), minSequence: 0n };
    const user = { ...contract.user, userId: 'x'.repeat(4 * 1024 * 1024 + 1) };
    return [Retrieval.retrieve.requestSerialize({ ...request, user })];
  },
  check: (outcome) => expectCode(outcome, 'RESOURCE_EXHAUSTED'),
};

const passedDeadline: ClientCase = {
  name: 'a deadline of 1 ms passes',
  definition: erased(Retrieval.retrieve),
  address: ({ contract }) => contract.addresses.retrieval,
  behaviour: 'call',
  deadlineMs: 1,
  requests: async ({ contract }) => [unreachable(contract)],
  check: (outcome) => expectCode(outcome, 'DEADLINE_EXCEEDED'),
};

const drainedStream: ClientCase = {
  name: 'a stream is told that its program ends',
  definition: erased(Proof.watchRun),
  address: ({ draining }) => draining.address,
  behaviour: 'drain',
  deadlineMs: 60_000,
  reason: 'DRAINING',
  requests: async ({ draining }) => [Proof.watchRun.requestSerialize({ runId: await draining.run() })],
  check: (outcome) => expectRefusal(outcome, 'UNAVAILABLE', 'DRAINING'),
};
