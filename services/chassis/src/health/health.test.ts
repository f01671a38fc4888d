import { once } from 'node:events';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { service } from 'grpc-health-check';
import { fromServiceError } from '../errors/service-error.js';
import { Fixture, logService } from '../server/sample-services.fixture.js';
import { Health } from './health.js';

const logName = 'isthmus.attestation.v1.TransparencyLogService';

let fixture: Fixture;
let health: Health;
let client: Client;

beforeEach(async () => {
  fixture = new Fixture();
  health = new Health();
  health.register([logName]);
  const server = await fixture.start([logService({})], { infrastructure: [health.binding()] });
  client = new Client(server.address, credentials.createInsecure());
  fixture.onClose(() => client.close());
});
afterEach(() => fixture.close());

describe('health', () => {
  it('says of each service and of the whole whether it serves, also without a deadline', async () => {
    expect(await check(logName)).toEqual({ status: 'NOT_SERVING' });
    expect(await check('')).toEqual({ status: 'NOT_SERVING' });
    health.serveAll();
    expect(await check(logName)).toEqual({ status: 'SERVING' });
    health.set(logName, 'NOT_SERVING');
    expect([await check(logName), await check('')]).toEqual([
      { status: 'NOT_SERVING' },
      { status: 'SERVING' },
    ]);
  });

  it('does not know services that are not there', async () => {
    expect(await check('isthmus.none')).toMatchObject({ code: status.NOT_FOUND });
  });

  it('tells those who watch of every change, and of nothing else', async () => {
    const { seen, next } = watch(logName);
    await next();
    health.set(logName, 'NOT_SERVING');
    health.set(logName, 'SERVING');
    await next();
    health.close();
    await next();
    health.serveAll(); // too late: a program that drains does not come back
    expect(seen).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING']);
  });

  it('lets a service be watched that is not known yet', async () => {
    const { seen, next } = watch('isthmus.later');
    await next();
    health.register(['isthmus.later']);
    await next();
    expect(seen).toEqual(['SERVICE_UNKNOWN', 'NOT_SERVING']);
  });
});

function check(name: string): Promise<unknown> {
  const method = service.Check!;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize as (value: unknown) => Buffer,
      method.responseDeserialize,
      { service: name },
      new Metadata(),
      (error, response) => resolve(error ? fromServiceError(error) : response),
    );
  });
}

function watch(name: string) {
  const method = service.Watch!;
  const call = client.makeServerStreamRequest(
    method.path,
    method.requestSerialize as (value: unknown) => Buffer,
    method.responseDeserialize as (bytes: Buffer) => { status: string },
    { service: name },
  );
  call.on('error', () => {}); // the server stops before the watcher does
  const seen: string[] = [];
  call.on('data', (response: { status: string }) => seen.push(response.status));
  return { seen, next: () => once(call, 'data') };
}
