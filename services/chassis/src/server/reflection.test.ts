import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Client, credentials, loadPackageDefinition, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Health } from '../health/health.js';
import { Fixture, logService } from './sample-services.fixture.js';

const require = createRequire(import.meta.url);
const proto = join(
  dirname(require.resolve('@grpc/reflection/package.json')),
  'build/proto/grpc/reflection/v1/reflection.proto',
);

interface Reply {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
}

let fixture: Fixture;
beforeEach(() => {
  fixture = new Fixture();
});
afterEach(() => fixture.close());

describe('reflection', () => {
  it('lists the services of the port and describes their files', async () => {
    const server = await fixture.start([logService({})], { infrastructure: [new Health().binding()] });
    const listed = await ask(server.address, { listServices: '' });
    expect(listed.listServicesResponse?.service.map(({ name }) => name).sort()).toEqual([
      'grpc.health.v1.Health',
      'isthmus.attestation.v1.TransparencyLogService',
    ]);
    const symbol = 'isthmus.attestation.v1.TransparencyLogService';
    const described = await ask(server.address, { fileContainingSymbol: symbol });
    const names = described.fileDescriptorResponse?.fileDescriptorProto.map(
      (bytes) => fromBinary(FileDescriptorProtoSchema, new Uint8Array(bytes)).name,
    );
    expect(names).toContain('isthmus/attestation/v1/log.proto');
  });
});

function ask(address: string, request: object): Promise<Reply> {
  const loaded = loadPackageDefinition(loadSync(proto, { keepCase: false, oneofs: true })) as unknown as {
    grpc: { reflection: { v1: { ServerReflection: { service: ServiceDefinition } } } };
  };
  const method = loaded.grpc.reflection.v1.ServerReflection.service.ServerReflectionInfo!;
  const client = new Client(address, credentials.createInsecure());
  fixture.onClose(() => client.close());
  const call = client.makeBidiStreamRequest(
    method.path,
    method.requestSerialize as (value: unknown) => Buffer,
    method.responseDeserialize as (bytes: Buffer) => Reply,
  );
  return new Promise((resolve, reject) => {
    call.on('data', (reply: Reply) => {
      call.end();
      resolve(reply);
    });
    call.on('error', reject);
    call.write(request);
  });
}
