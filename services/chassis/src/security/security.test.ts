import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelCredentials, Client, credentials, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { service as healthService } from 'grpc-health-check';
import { ConfigurationError } from '../configuration/configuration-error.js';
import { defineConfiguration } from '../configuration/define-configuration.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import type { IsthmusError } from '../errors/isthmus-error.js';
import { fromServiceError } from '../errors/service-error.js';
import { Health } from '../health/health.js';
import { Fixture } from '../server/sample-services.fixture.js';
import { contractSchema } from '../validation/contract-schema.js';
import type { RoleBindings } from './authoriser.js';
import { createThrowAwayAuthority } from './certificate-authority.js';
import { meshRoles, meshTlsFiles, spiffeIdOf, writeMeshCertificates } from './mesh-certificates.js';
import { methodRoles } from './method-roles.js';
import { type RoleName, roleNames } from './role.js';
import { openSecurity } from './security.js';
import type { TlsFiles } from './tls-material.js';

/** Who has each role in a mesh with throw-away certificates. */
const holderOf = {
  caller: 'ranker',
  catalogueWriter: 'catalogue-writer',
  prover: 'prover',
  operator: 'operator',
  peer: 'retrieval',
} as const satisfies Record<RoleName, string>;

const nowMs = Date.now();
let folder: string;
let fixture: Fixture;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-security-'));
  await writeMeshCertificates(folder, [], nowMs);
  fixture = new Fixture();
});
afterAll(async () => {
  await fixture.close();
  await rm(folder, { recursive: true, force: true });
});
const perTest: (() => void)[] = [];
afterEach(() => {
  for (const close of perTest.splice(0)) close();
});

function security(
  own: TlsFiles,
  { mode = 'mutual', roles = meshRoles }: { mode?: 'mutual' | 'server' | 'off'; roles?: RoleBindings } = {},
) {
  return openSecurity('sample', { tls: { mode, ...own }, roles }, nowMs);
}

/** A server without services: a call that passes authorisation ends with METHOD_NOT_FOUND there. */
async function guarded(options: Parameters<typeof security>[1] = {}): Promise<string> {
  const { serverCredentials, authoriser } = security(meshTlsFiles(folder, 'representation'), options);
  const health = new Health();
  const server = await fixture.start([], {
    infrastructure: [health.binding()],
    credentials: serverCredentials,
    authoriser,
  });
  return `localhost:${server.port}`;
}

function as(identity: Parameters<typeof meshTlsFiles>[1]): ChannelCredentials {
  return security(meshTlsFiles(folder, identity)).channelCredentials;
}

/** What a method answers to a call without a request. */
function outcome(address: string, channel: ChannelCredentials, path: string): Promise<IsthmusError | 'OK'> {
  const client = new Client(address, channel);
  perTest.push(() => client.close());
  const same = (bytes: Buffer) => bytes;
  return new Promise((resolve) => {
    const call = client.makeBidiStreamRequest(path, same, same, { deadline: Date.now() + 5_000 });
    call.on('error', (error) => resolve(fromServiceError(error)));
    call.on('data', () => {});
    call.on('end', () => resolve('OK'));
    call.end(Buffer.alloc(0));
  });
}

const methods = [...contractSchema().methods.keys()].map((path) => [path.slice(1), path] as const);

describe('the table of roles', () => {
  it.each(methods)('names one role or more for %s', (_, path) => {
    expect(methodRoles().get(path)?.length).toBeGreaterThan(0);
  });

  it('gives every role something to do', () => {
    expect(new Set([...methodRoles().values()].flat())).toEqual(new Set(roleNames));
  });
});

describe('a server with mutual TLS', () => {
  let address: string;
  beforeAll(async () => {
    address = await guarded();
  });

  it.each(methods)(
    'lets those call %s who have a role for it, and says to others what is missing',
    async (name, path) => {
      const roles = methodRoles().get(path)!;
      for (const role of roleNames) {
        const answer = await outcome(address, as(holderOf[role]), path);
        if (roles.includes(role)) expect(answer).toMatchObject({ reason: 'METHOD_NOT_FOUND' });
        else
          expect(answer).toMatchObject({
            code: status.PERMISSION_DENIED,
            reason: 'ROLE_REQUIRED',
            metadata: { method: name, identity: spiffeIdOf(holderOf[role]), roles: roles.join(',') },
            message: expect.stringContaining(`roles.${roles[0]}`),
          });
      }
    },
  );

  it.each(methods)('refuses %s in the handshake where the caller has no certificate', async (_, path) => {
    const channel = credentials.createSsl(readFileSync(join(folder, 'ca.crt')));
    expect(await outcome(address, channel, path)).toMatchObject({ code: status.UNAVAILABLE });
  });

  it('refuses certificates of another authority, and plain text', async () => {
    const other = join(folder, 'other');
    await writeMeshCertificates(other, [], nowMs);
    const stranger = security({ ...meshTlsFiles(other, 'ranker'), authorityFile: join(folder, 'ca.crt') });
    const path = '/isthmus.retrieval.v1.RetrievalService/Retrieve';
    for (const channel of [stranger.channelCredentials, credentials.createInsecure()])
      expect(await outcome(address, channel, path)).toMatchObject({ code: status.UNAVAILABLE });
  });

  it('tells health to everybody with a certificate, whatever the role', async () => {
    expect(await outcome(address, as('attestation-worker'), healthService.Check!.path)).toBe('OK');
  });

  it('is not believed by a caller who trusts another authority, or was told another name', async () => {
    const other = join(folder, 'other');
    await writeMeshCertificates(other, [], nowMs);
    const path = '/isthmus.retrieval.v1.RetrievalService/Retrieve';
    const doubting = security({ ...meshTlsFiles(folder, 'ranker'), authorityFile: join(other, 'ca.crt') });
    expect(await outcome(address, doubting.channelCredentials, path)).toMatchObject({
      code: status.UNAVAILABLE,
    });
    const elsewhere = address.replace('localhost', '127.0.0.2');
    expect(await outcome(elsewhere, as('ranker'), path)).toMatchObject({ code: status.UNAVAILABLE });
  });

  it('refuses a certificate that names nobody', async () => {
    const authority = await createThrowAwayAuthority(1, nowMs);
    const own = await authority.issue({ name: 'x', hosts: ['localhost'] });
    const nobody = await authority.issue({ name: '' });
    const files = { certificateFile: 'own.crt', keyFile: 'own.key', authorityFile: 'own-ca.crt' };
    const at = (name: string) => join(folder, name);
    await writeFile(at('own.crt'), own.certificatePem);
    await writeFile(at('own.key'), own.keyPem);
    await writeFile(at('own-ca.crt'), authority.certificatePem);
    const { serverCredentials, authoriser } = security({
      certificateFile: at(files.certificateFile),
      keyFile: at(files.keyFile),
      authorityFile: at(files.authorityFile),
    });
    const server = await fixture.start([], { credentials: serverCredentials, authoriser });
    const channel = credentials.createSsl(
      Buffer.from(authority.certificatePem),
      Buffer.from(nobody.keyPem),
      Buffer.from(nobody.certificatePem),
    );
    const path = '/isthmus.retrieval.v1.RetrievalService/Retrieve';
    expect(await outcome(`localhost:${server.port}`, channel, path)).toMatchObject({
      code: status.UNAUTHENTICATED,
      reason: 'IDENTITY_REQUIRED',
    });
  });
});

describe('a server with TLS that asks for no certificate', () => {
  it.each(methods)(
    'says of %s that the caller is not known, unless anonymous has a role',
    async (name, path) => {
      const channel = credentials.createSsl(readFileSync(join(folder, 'ca.crt')));
      const closed = await guarded({ mode: 'server' });
      expect(await outcome(closed, channel, path)).toMatchObject({
        code: status.UNAUTHENTICATED,
        reason: 'IDENTITY_REQUIRED',
        metadata: { method: name },
      });
      const open = await guarded({ mode: 'server', roles: { ...meshRoles, caller: ['anonymous'] } });
      const reason = methodRoles().get(path)!.includes('caller') ? 'METHOD_NOT_FOUND' : 'IDENTITY_REQUIRED';
      expect(await outcome(open, channel, path)).toMatchObject({ reason });
    },
  );
});

describe('the configuration of TLS', () => {
  const files = () => meshTlsFiles(folder, 'retrieval');
  const problemsOf = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as Error).message;
    }
    return '';
  };

  it('asks for mutual TLS where nothing is said, and does not start without certificates', () => {
    const configuration = loadConfiguration(defineConfiguration({}), {
      argv: [],
      env: {},
      programName: 'sample',
    });
    expect(configuration.tls.mode).toBe('mutual');
    expect(roleNames.flatMap((role) => configuration.roles[role])).toEqual([]);
    const told = problemsOf(() => openSecurity('sample', configuration, nowMs));
    expect(told).toContain('tls.certificateFile is not given');
    expect(told).toContain('isthmus certificates DIR');
    expect(told).toContain('--tls.mode=off');
  });

  it.each([
    [
      'a file that is not there',
      () => ({ keyFile: '/nowhere/key' }),
      'tls.keyFile: /nowhere/key cannot be read (ENOENT)',
    ],
    ['the key of another', () => ({ keyFile: join(folder, 'ranker.key') }), 'is not the key of'],
    [
      'a key for a certificate',
      () => ({ certificateFile: join(folder, 'ranker.key') }),
      'holds no certificate',
    ],
    ['a key for an authority', () => ({ authorityFile: join(folder, 'ranker.key') }), 'tls.authorityFile'],
  ])('refuses %s', (_, change, text) => {
    expect(problemsOf(() => security({ ...files(), ...change() }))).toContain(text);
  });

  it('refuses a certificate that has expired or is not valid yet', () => {
    const at = (ms: number) => () =>
      openSecurity('sample', { tls: { mode: 'mutual', ...files() }, roles: meshRoles }, ms);
    expect(problemsOf(at(nowMs + 31 * 86_400_000))).toContain('expired on');
    expect(problemsOf(at(nowMs - 86_400_000))).toContain('not valid before');
  });

  it('refuses patterns that could match nobody', () => {
    const roles = { ...meshRoles, operator: ['ranker', 'spiffe://ok/x'] };
    const told = problemsOf(() => security(files(), { roles }));
    expect(told).toContain('roles.operator: "ranker" is no identity');
    expect(told).not.toContain('spiffe://ok/x');
  });

  it('warns where protection is off, and where nobody has a role', () => {
    const none = { certificateFile: '', keyFile: '', authorityFile: '' };
    expect(security(none, { mode: 'off' })).toMatchObject({
      authoriser: undefined,
      warnings: [expect.stringContaining('tls.mode is off')],
    });
    const nobody = Object.fromEntries(roleNames.map((role) => [role, []])) as unknown as RoleBindings;
    expect(security(files(), { roles: nobody }).warnings).toEqual([
      expect.stringContaining('no identity has a role'),
    ]);
    expect(security(files()).warnings).toEqual([]);
  });
});
