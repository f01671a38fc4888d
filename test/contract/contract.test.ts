import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { Client } from '@grpc/grpc-js';
import { codeOfReason, type ErrorReasonName } from '@isthmus/chassis';
import { descriptorSetPath } from '@isthmus/proto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContractWorld, type Port } from './contract-world.js';
import type { BadCase } from './method-cases.js';
import { methodTable as table } from './method-table.js';
import { type RawOutcome, rawCall, rawClient } from './raw-call.js';
import { reasonsNotYetGiven, reasonsShownElsewhere } from './reasons-shown-elsewhere.js';

/** A request of 4 MiB and a byte, the limit being 4 MiB. */
const oversized = Buffer.alloc(4 * 1024 * 1024 + 1);
/** Field 1 with a wire type that does not exist. */
const undecodable = Buffer.of(0x0f, 0xff, 0xff);
/** A port that offers none of the methods of another. */
const elsewhere: Readonly<Record<Port, Port>> = {
  retrieval: 'attestation',
  alone: 'attestation',
  representation: 'attestation',
  admin: 'attestation',
  attestation: 'retrieval',
};

let world: ContractWorld;
const clients = new Map<Port, Client>();

beforeAll(async () => {
  world = await ContractWorld.create();
}, 600_000);

afterAll(async () => {
  for (const client of clients.values()) client.close();
  await world?.mesh.remove();
}, 180_000);

function call(
  port: Port,
  path: string,
  requests: readonly Buffer[],
  deadlineMs: number | undefined = 10_000,
): Promise<RawOutcome> {
  const client = clients.get(port) ?? rawClient(world.addresses[port]);
  clients.set(port, client);
  return rawCall(client, path, requests, deadlineMs);
}

function callWithoutDeadline(port: Port, path: string, requests: readonly Buffer[]): Promise<RawOutcome> {
  return rawCall(clients.get(port) ?? rawClient(world.addresses[port]), path, requests, undefined);
}

function expectRefusal(outcome: RawOutcome, code: string, reason: ErrorReasonName): void {
  expect({ ...outcome, answers: [] }).toMatchObject({ code, reason, domain: 'isthmus' });
  expect(outcome.message).not.toBe('');
}

describe.each(table.map((cases) => [cases.definition.path.slice(1), cases] as const))('%s', (path, cases) => {
  const { definition, port } = cases;
  const encode = (request: unknown): Buffer => definition.requestSerialize(request);

  it('answers a good request', async () => {
    const request = await cases.good(world);
    const outcome = await call(port, definition.path, [encode(request)]);
    expect(outcome).toMatchObject({ code: 'OK' });
    await cases.check?.(
      outcome.answers.map((answer) => definition.responseDeserialize(answer)),
      world,
      request,
    );
  }, 180_000);

  if (cases.bad.length > 0) {
    it.each(cases.bad.map((one) => [one.what, one.code, one.reason, one] as const))(
      'refuses %s: %s %s',
      async (_what, code, reason, one: BadCase<unknown>) => {
        const changed = await one.change(await cases.good(world), world);
        const requests = (Array.isArray(changed) ? changed : [changed]).map(encode);
        const outcome = await call(one.port ?? port, definition.path, requests, one.deadlineMs);
        expectRefusal(outcome, code, reason);
      },
      180_000,
    );
  }

  it('refuses an oversized message, what is no message, and the wrong port', async () => {
    expectRefusal(await call(port, definition.path, [oversized]), 'RESOURCE_EXHAUSTED', 'MESSAGE_TOO_LARGE');
    expectRefusal(await call(port, definition.path, [undecodable]), 'INVALID_ARGUMENT', 'FIELD_INVALID');
    expectRefusal(await call(elsewhere[port], definition.path, []), 'UNIMPLEMENTED', 'METHOD_NOT_FOUND');
  });

  if (!definition.requestStream && !definition.responseStream) {
    it('refuses a call without a deadline', async () => {
      const request = encode(await cases.good(world));
      const outcome = await callWithoutDeadline(port, definition.path, [request]);
      expectRefusal(outcome, 'INVALID_ARGUMENT', 'DEADLINE_REQUIRED');
    });
  }

  it('is a method of the contracts', () => {
    expect(contractMethods()).toContain(path);
  });
});

describe('the table', () => {
  it('has every method of the contracts', () => {
    expect(table.map(({ definition }) => definition.path.slice(1)).sort()).toEqual(contractMethods());
  });

  it('gives every reason its own code', () => {
    const rows = table.flatMap((cases) => cases.bad);
    for (const { reason, code } of rows) expect(code).toBe(codeNames[codeOfReason[reason]]);
  });

  it('or another test shows every reason of the contract', () => {
    const shown = new Set<string>([
      ...table.flatMap((cases) => cases.bad.map(({ reason }) => reason)),
      ...['MESSAGE_TOO_LARGE', 'METHOD_NOT_FOUND', 'DEADLINE_REQUIRED'],
      ...Object.keys(reasonsShownElsewhere),
      ...Object.keys(reasonsNotYetGiven),
    ]);
    expect(Object.keys(codeOfReason).filter((reason) => !shown.has(reason))).toEqual([]);
  });

  it.each(Object.entries(reasonsShownElsewhere))('knows the test that shows %s', (reason, path) => {
    const source = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(source).toContain(`'${reason}'`);
  });
});

/** Names of the canonical codes by number (google.rpc.Code). */
const codeNames: Readonly<Record<number, string>> = {
  1: 'CANCELLED',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  6: 'ALREADY_EXISTS',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'FAILED_PRECONDITION',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
};

/** Every method of our contracts as `package.Service/Method`, sorted, from the compiled contracts. */
function contractMethods(): string[] {
  const { file } = fromBinary(FileDescriptorSetSchema, Uint8Array.from(readFileSync(descriptorSetPath)));
  return file
    .filter((one) => one.package.startsWith('isthmus.'))
    .flatMap((one) =>
      one.service.flatMap((service) =>
        service.method.map((method) => `${one.package}.${service.name}/${method.name}`),
      ),
    )
    .sort();
}
