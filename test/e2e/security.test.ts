import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChannelCredentials, Client, credentials, status } from '@grpc/grpc-js';
import {
  channelCredentialsOf,
  fromServiceError,
  type IsthmusError,
  type MeshIdentity,
  methodRoles,
  type RoleName,
  roleNames,
} from '@isthmus/chassis';
import { IsthmusClient } from '@isthmus/client';
import { CatalogueServiceClient, ListItemsRequest } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import {
  CrossDomainStatus,
  RetrievalServiceClient,
  RetrieveRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { spawnTraining } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthClient } from '../support/health-client.js';
import { people } from '../support/people.js';
import { ProgramProcess } from '../support/program-process.js';
import { ceCdrSpec } from '../support/small-specifications.js';
import { SuiteMesh } from '../support/suite-mesh.js';

/** Who has each role in the mesh of a suite. */
const holderOf = {
  caller: 'ranker',
  catalogueWriter: 'catalogue-writer',
  prover: 'prover',
  operator: 'operator',
  peer: 'retrieval',
} as const satisfies Record<RoleName, MeshIdentity>;

/** Services by the program that offers them, and where. */
const places = {
  RetrievalService: ['retrieval', 'address'],
  CatalogueService: ['retrieval', 'address'],
  RepresentationService: ['representation', 'address'],
  ProofService: ['attestation', 'address'],
  AttestationService: ['attestation', 'address'],
  TransparencyLogService: ['attestation', 'address'],
  ModelService: ['retrieval', 'adminAddress'],
} as const;

let mesh: SuiteMesh;
let programs: { attestation: ProgramProcess; representation: ProgramProcess; retrieval: ProgramProcess };
const clients: Client[] = [];

beforeAll(async () => {
  mesh = await SuiteMesh.create('security', { mutualTls: true });
  const attestation = await mesh.startAttestation({ 'programs.directories': programFolders() });
  programs = { attestation, ...(await mesh.startServing()) };
}, 600_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await mesh?.remove();
}, 180_000);

function programFolders(): string {
  return ['representation', 'retrieval']
    .map((name) => new URL(`../../services/${name}/dist/programs`, import.meta.url).pathname)
    .join(',');
}

function as(identity: MeshIdentity): ChannelCredentials {
  return channelCredentialsOf(mesh.security(identity), Date.now());
}

function placeOf(path: string): string {
  const service = path.split('/')[1]!.split('.').at(-1) as keyof typeof places;
  const [program, port] = places[service];
  return programs[program][port];
}

/** What a method answers to an empty request. */
function outcome(path: string, channel: ChannelCredentials): Promise<IsthmusError | 'OK'> {
  const client = new Client(placeOf(path), channel);
  clients.push(client);
  const same = (bytes: Buffer) => bytes;
  return new Promise((resolve) => {
    const call = client.makeBidiStreamRequest(path, same, same, { deadline: Date.now() + 10_000 });
    call.on('error', (error) => resolve(fromServiceError(error)));
    call.on('data', () => {});
    call.on('end', () => resolve('OK'));
    call.end(Buffer.alloc(0));
  });
}

const methods = [...methodRoles()].map(([path, roles]) => ({ name: path.slice(1), path, roles }));
const refusals = ['ROLE_REQUIRED', 'IDENTITY_REQUIRED'];

describe('a mesh under mutual TLS', () => {
  it.each(methods)('gives $name to its roles only', async ({ name, path, roles }) => {
    for (const role of roleNames) {
      const answer = await outcome(path, as(holderOf[role]));
      if (roles.includes(role)) expect(refusals).not.toContain(answer === 'OK' ? answer : answer.reason);
      else
        expect(answer).toMatchObject({
          code: status.PERMISSION_DENIED,
          reason: 'ROLE_REQUIRED',
          metadata: { method: name, roles: roles.join(',') },
        });
    }
  });

  it.each(methods)('refuses $name to a caller without a certificate', async ({ path }) => {
    const { authorityFile } = mesh.tlsFiles('ranker');
    const channel = credentials.createSsl(readFileSync(authorityFile));
    expect(await outcome(path, channel)).toMatchObject({ code: status.UNAVAILABLE });
    expect(await outcome(path, credentials.createInsecure())).toMatchObject({ code: status.UNAVAILABLE });
  });

  it('answers a ranker, retrieval asking representation with its own certificate', async () => {
    const users = await people(mesh.small);
    const { authorityFile: ca, certificateFile: cert, keyFile: key } = mesh.tlsFiles('ranker');
    const client = new IsthmusClient({
      retrieval: programs.retrieval.address,
      tls: { ca, cert, key },
      deadlineMs: 30_000,
    });
    const answer = await client.retrieval.retrieve({
      model: { name: 'gemirec' },
      user: users.context(users.warm[0]!),
      k: 5,
      explain: true,
    });
    client.close();
    expect(answer.hits).toHaveLength(5);
    expect(answer.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_USED);
  });

  it('has a run proved for a trainer with the prover’s certificate, and none for a ranker', async () => {
    const training = (identity: MeshIdentity) =>
      spawnTraining({
        program: 'ce-cdr',
        spec: ceCdrSpec,
        dataFile: mesh.small.dataFile,
        objectsUrl: mesh.small.objectsUrl,
        attestation: programs.attestation.address,
        keyFile: join(mesh.directory, 'prover-key.pem'),
        security: mesh.security(identity),
      }).result;
    await expect(training('ranker')).rejects.toThrow(/may not call .*StartRun/);
    expect((await training('prover')).verdict?.state).toBe('ATTESTED');
  }, 180_000);

  it('tells health to every certificate, on both ports', async () => {
    for (const address of [programs.retrieval.address, programs.retrieval.adminAddress])
      expect(
        await mesh
          .connect(HealthClient, address, { credentials: as('attestation-worker') })
          .check({ service: '' }),
      ).toEqual({ status: 'SERVING' });
  });

  it('lets a ranker read the catalogue, and the catalogue’s writer ask for no candidates', async () => {
    const reader = mesh.connect(CatalogueServiceClient, programs.retrieval.address, {
      credentials: as('ranker'),
    });
    const request = ListItemsRequest.fromPartial({ modelName: 'gemirec', pageSize: 1 });
    await expect(reader.listItems(request)).resolves.toHaveProperty('items');
    const stranger = mesh.connect(RetrievalServiceClient, programs.retrieval.address, {
      credentials: as('catalogue-writer'),
    });
    await expect(stranger.retrieve(RetrieveRequest.fromPartial({}))).rejects.toMatchObject({
      reason: 'ROLE_REQUIRED',
    });
  });
});

describe('a program', () => {
  it('does not start without certificates, and says what to do', async () => {
    const starting = ProgramProcess.start('retrieval', {
      'tls.mode': 'mutual',
      'data.directory': mesh.directory,
    });
    await expect(starting).rejects.toThrow(
      /ended with 2:.*tls\.certificateFile is not given.*--tls\.mode=off/s,
    );
  });

  it('warns in its log where protection is off', async () => {
    const { log } = await mesh.start('representation', { 'tls.mode': 'off' });
    expect(log).toContain('tls.mode is off');
  });
});
