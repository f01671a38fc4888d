import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { TransparencyLogServiceClient } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { service as healthService } from 'grpc-health-check';
import { connect } from '../client/connect.js';
import { until } from '../server/until.fixture.js';

/** Built by `tsc -b`: a process of its own needs JavaScript. */
const program = fileURLToPath(new URL('../../dist/program/program.fixture.js', import.meta.url));
const page = { pageSize: 0, pageToken: '' };

let directory: string;
const closers: (() => void)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-program-'));
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a program', () => {
  it('says where it serves, and stops in the documented order on SIGTERM', async () => {
    const running = run('--sample.callMs=5000', '--server.drainDelayMs=2000');
    const { address, adminAddress } = await running.serving();
    const client = connectTo(address);
    expect(await health(adminAddress)).toBe('SERVING');
    expect(await health(address)).toBe('SERVING');
    const slow = client.listLogEntries(page, { deadlineMs: 60_000 });
    await client.getLogCheckpoint({}); // on the same connection: the slow call has arrived by then
    running.child.kill('SIGTERM');
    await running.logged('stopping');
    expect(await health(adminAddress)).toBe('NOT_SERVING');
    expect(await client.getLogCheckpoint({})).toMatchObject({ treeSize: 1n }); // still within the delay
    expect(await slow).toMatchObject({ nextPageToken: 'done' });
    expect(await running.exit()).toBe(0);
    const steps = running.log.map(({ msg }) => msg).filter((msg) => msg !== 'call');
    expect(steps).toEqual([
      'starting',
      expect.stringContaining('tls.mode is off'),
      'listening',
      'serving',
      'stopping',
      'parts stopped',
      'store closed',
      'stopped',
    ]);
    const slowLine = running.log.findIndex(({ durationMs }) => Number(durationMs) > 4500);
    expect(slowLine).toBeLessThan(running.log.findIndex(({ msg }) => msg === 'parts stopped'));
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at once on a second %s', async (signal, code) => {
    const running = run('--server.drainDelayMs=30000');
    await running.serving();
    running.child.kill(signal);
    await running.logged('stopping');
    running.child.kill(signal);
    expect(await running.exit()).toBe(code);
  });

  it('stops in order when it is asked to while it starts', async () => {
    const running = run('--sample.startMs=300', '--server.drainDelayMs=0');
    await running.logged('starting');
    running.child.kill('SIGINT');
    expect(await running.exit()).toBe(0);
    expect(running.log.map(({ msg }) => msg)).toContain('store closed');
  });

  it('logs an exception that nobody caught, and ends with 1', async () => {
    const running = run();
    const { address } = await running.serving();
    connectTo(address)
      .getInclusionProof({ index: 0n, treeSize: 0n })
      .catch(() => {});
    expect(await running.exit()).toBe(1);
    expect(running.log.at(-1)).toMatchObject({ level: 60, err: { message: 'nobody catches this' } });
  });

  it('ends with 1 and says what to do where its address is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    closers.push(() => taken.close());
    const { port } = taken.address() as { port: number };
    const running = run(`--server.address=127.0.0.1:${port}`);
    expect(await running.exit()).toBe(1);
    expect(running.log.at(-2)?.msg).toMatch(/Cannot listen on 127\.0\.0\.1:\d+.*Choose another address/);
    expect(running.log.at(-1)?.msg).toBe('store closed');
  });

  it('tells health on a port of its own, and on nothing else there', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const running = run(`--health.address=127.0.0.1:${port}`, '--server.drainDelayMs=2000');
    await running.serving();
    expect(await health(`127.0.0.1:${port}`)).toBe('SERVING');
    await expect(connectTo(`127.0.0.1:${port}`).getLogCheckpoint({})).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    await expect(reflectionOf(`127.0.0.1:${port}`)).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
    running.child.kill('SIGTERM');
    await running.logged('stopping');
    expect(await health(`127.0.0.1:${port}`)).toBe('NOT_SERVING');
    expect(await running.exit()).toBe(0);
  });

  it('ends with 2 without certificates, unless it is told to serve without protection', async () => {
    const running = run('--tls.mode=mutual');
    expect(await running.exit()).toBe(2);
    expect(running.stderr).toContain('tls.keyFile is not given');
    expect(running.stderr).toContain('or say --tls.mode=off');
  });

  it('lists every problem of its configuration and ends with 2', async () => {
    const running = run('--server.adress=x', '--sample.callMs=soon', '--log.level=loud');
    expect(await running.exit()).toBe(2);
    expect(running.stderr).toContain('3 problems');
    expect(running.stderr).toContain('Did you mean server.address?');
    expect(running.stderr).toContain('sample.callMs cannot be "soon"');
    expect(running.stderr).toContain('one of trace, debug, info');
  });

  it('prints its configuration without secrets', async () => {
    const running = run('--print-config', '--sample.apiKey=hunter2', '--server.requireDeadline=false');
    expect(await running.exit()).toBe(0);
    expect(running.stdout).toContain('requireDeadline: false');
    expect(running.stdout).toContain('apiKey: "[redacted]"');
    expect(running.stdout).not.toContain('hunter2');
  });
});

/** A program under test, with what it has written so far. */
function run(...flags: string[]) {
  const child = spawn(
    process.execPath,
    [program, `--data.directory=${directory}`, '--tls.mode=off', ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const running = {
    child: child as ChildProcess,
    stdout: '',
    stderr: '',
    log: [] as Record<string, unknown>[],
    closed: once(child, 'close'),
    async serving(): Promise<{ address: string; adminAddress: string }> {
      for (;;) {
        const line = running.stdout.split('\n').find((text) => text.includes('"event":"serving"'));
        if (line) return JSON.parse(line);
        if (child.exitCode !== null) throw new Error(`It ended: ${running.stderr}`);
        await sleep(10);
      }
    },
    /** Resolves when a line of the log says so. */
    logged: (msg: string) => until(`"${msg}" in the log`, () => running.log.some((line) => line.msg === msg)),
    async exit(): Promise<number | null> {
      const [code] = await running.closed;
      return code as number | null;
    },
  };
  child.stdout.on('data', (data) => {
    running.stdout += data;
  });
  createInterface(child.stderr).on('line', (line) => {
    running.stderr += `${line}\n`;
    if (line.startsWith('{')) running.log.push(JSON.parse(line));
  });
  closers.push(() => child.kill('SIGKILL'));
  return running;
}

function connectTo(address: string) {
  const client = connect(TransparencyLogServiceClient, address, { credentials: 'plaintext' });
  closers.push(() => client.close());
  return client;
}

async function health(address: string): Promise<string> {
  const method = healthService.Check!;
  const client = new Client(address, credentials.createInsecure());
  closers.push(() => client.close());
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize as (value: unknown) => Buffer,
      method.responseDeserialize as (bytes: Buffer) => { status: string },
      { service: '' },
      new Metadata(),
      { deadline: Date.now() + 30_000 },
      (error, response) => (error ? reject(error) : resolve(response!.status)),
    );
  });
}

/** Asks for the list of services by reflection. */
function reflectionOf(address: string): Promise<void> {
  const client = new Client(address, credentials.createInsecure());
  closers.push(() => client.close());
  const same = (bytes: Buffer) => bytes;
  return new Promise((resolve, reject) => {
    const path = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
    const call = client.makeBidiStreamRequest(path, same, same);
    call.on('error', reject);
    call.on('data', () => {});
    call.on('end', resolve);
    call.end(Buffer.from([0x3a, 0])); // list_services = ""
  });
}
