#!/usr/bin/env node
/**
 * Asks a program on this machine for its health, for containers without a kubelet: `check-main.js HOST:PORT [SERVICE]`.
 * Exit codes: 0 SERVING, 1 anything else, 2 called wrongly. Speaks plain text, as the kubelet's own gRPC probe does.
 */
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { service } from 'grpc-health-check';

/** Longest wait for an answer. */
const timeoutMs = 3_000;

const [address, serviceName = ''] = process.argv.slice(2);
if (address === undefined) {
  process.stderr.write('usage: check-main.js HOST:PORT [SERVICE]\n');
  process.exit(2);
}
process.exit(await check(address, serviceName));

function check(target: string, name: string): Promise<number> {
  const { path, requestSerialize, responseDeserialize } = service.Check as unknown as {
    path: string;
    requestSerialize: (value: { service: string }) => Buffer;
    responseDeserialize: (bytes: Buffer) => { status: string };
  };
  const client = new Client(target, credentials.createInsecure());
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service: name },
      new Metadata(),
      { deadline: Date.now() + timeoutMs },
      (error, response) => {
        const status = error ? error.message : (response?.status ?? 'no answer');
        process.stdout.write(`${status}\n`);
        resolve(status === 'SERVING' ? 0 : 1);
      },
    );
  });
}
