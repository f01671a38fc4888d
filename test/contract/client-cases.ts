import type { MethodDefinition } from '@grpc/grpc-js';
import { ProofServiceService as Proof } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { RetrievalServiceService as Retrieval } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { ContractWorld, Port } from './contract-world.js';
import type { MethodCases } from './method-cases.js';
import { methodTable } from './method-table.js';
import { beyondSafe } from './shared-cases.js';

/** How a call ended for a client, told in the words that all languages share. */
export interface ClientOutcome {
  readonly language: string;
  /** Canonical code, for example `NOT_FOUND`. */
  readonly code: string;
  /** Reason of the typed error; empty where the client itself ended the call. */
  readonly reason: string;
  readonly domain: string;
  readonly message: string;
  readonly violations: readonly { readonly field: string; readonly description: string }[];
  /** The answers, decoded and encoded again by the client's classes. */
  readonly answers: readonly Buffer[];
}

/** One call that every client makes. */
export interface ClientCase {
  readonly name: string;
  readonly definition: MethodDefinition<unknown, unknown>;
  readonly port: Port;
  /** `cancel`: the client begins the call and cancels it; of a server stream, after the first message. */
  readonly behaviour: 'call' | 'cancel';
  /** Time allowed; null for the client's own default. */
  readonly deadlineMs: number | null;
  /** The requests, made afresh for every client. */
  readonly requests: (world: ContractWorld) => Promise<readonly Buffer[]>;
  /** Throws what is wrong with the outcome. */
  readonly check: (
    outcome: ClientOutcome,
    world: ContractWorld,
    requests: readonly Buffer[],
  ) => Promise<void> | void;
}

/** Time for calls that are about something else: the default of clients is short for a machine that tests. */
const PATIENCE_MS = 30_000;

/** Clients give `request_id` where it is empty, so this case cannot be put to them. */
const filledInByClients = 'no request id';

/** The calls of the contract's table, and those that are about clients. */
export function clientCases(): readonly ClientCase[] {
  return [...methodTable.flatMap(ofMethod), ...cancellations, emptyRequest, oversizedRequest, passedDeadline];
}

function ofMethod(cases: MethodCases): ClientCase[] {
  const { definition, port } = cases;
  const path = definition.path.slice(1);
  const good: ClientCase = {
    name: `${path} answers a good request`,
    definition,
    port,
    behaviour: 'call',
    deadlineMs: PATIENCE_MS,
    requests: async (world) => [definition.requestSerialize(await cases.good(world))],
    async check(outcome, world, [request]) {
      expectCode(outcome, 'OK');
      const answers = outcome.answers.map((answer) => definition.responseDeserialize(answer));
      await cases.check?.(answers, world, definition.requestDeserialize(request!));
    },
  };
  const bad = cases.bad
    .filter(({ what }) => what !== filledInByClients)
    .map(
      (one): ClientCase => ({
        name: `${path} refuses ${one.what}`,
        definition,
        port: one.port ?? port,
        behaviour: 'call',
        deadlineMs: one.deadlineMs ?? PATIENCE_MS,
        async requests(world) {
          const changed = await one.change(await cases.good(world), world);
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
    port: 'retrieval',
    behaviour: 'cancel',
    deadlineMs: 10_000,
    requests: async (world) => [unreachable(world)],
    check: (outcome) => expectCode(outcome, 'CANCELLED'),
  },
  {
    name: 'a server stream is cancelled after its first message',
    definition: erased(Proof.watchRun),
    port: 'attestation',
    behaviour: 'cancel',
    deadlineMs: 10_000,
    async requests(world) {
      const { started } = await world.startedRun();
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
  port: 'retrieval',
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
  port: 'retrieval',
  behaviour: 'call',
  deadlineMs: null,
  async requests(world) {
    const request = { ...Retrieval.retrieve.requestDeserialize(unreachable(world)), minSequence: 0n };
    const user = { ...world.user, userId: 'x'.repeat(4 * 1024 * 1024 + 1) };
    return [Retrieval.retrieve.requestSerialize({ ...request, user })];
  },
  check: (outcome) => expectCode(outcome, 'RESOURCE_EXHAUSTED'),
};

const passedDeadline: ClientCase = {
  name: 'a deadline of 1 ms passes',
  definition: erased(Retrieval.retrieve),
  port: 'retrieval',
  behaviour: 'call',
  deadlineMs: 1,
  requests: async (world) => [unreachable(world)],
  check: (outcome) => expectCode(outcome, 'DEADLINE_EXCEEDED'),
};

function erased<Request, Response>(definition: MethodDefinition<Request, Response>) {
  return definition as unknown as MethodDefinition<unknown, unknown>;
}

function expectCode({ code, reason, message }: ClientOutcome, expected: string): void {
  if (code !== expected) throw new Error(`ended with ${code} ${reason} "${message}" instead of ${expected}`);
}

/** The deadline runs out at both ends at once: a client whose clock is first knows no reason of the server. */
function expectRefusal(outcome: ClientOutcome, code: string, reason: string): void {
  expectCode(outcome, code);
  const allowed = code === 'DEADLINE_EXCEEDED' ? [reason, 'DEADLINE_EXCEEDED', ''] : [reason];
  if (!allowed.includes(outcome.reason))
    throw new Error(`gave the reason "${outcome.reason}" instead of ${reason}`);
  if (outcome.reason === reason && outcome.domain !== 'isthmus')
    throw new Error(`gave the domain "${outcome.domain}"`);
  if (outcome.message === '') throw new Error('gave no message');
}
