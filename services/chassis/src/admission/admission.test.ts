import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateSigningKey } from '@isthmus/proof';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { ObjectStore } from '../objects/object-store.js';
import { openObjectStore } from '../objects/open-object-store.js';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import { Admission, type AdmissionPolicy } from './admission.js';
import { type AttestationChanges, filesOf, storeModel, testTrust } from './attested-model.fixture.js';
import { fetchModel } from './fetch-model.js';
import { readTrustFile } from './trust-file.js';

let folder: string;
let objects: ObjectStore;
let trustFile: string;
const warnings: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
const telemetry = startTelemetry({ serviceName: 'admission', otlpEndpoint: '' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-admission-'));
  objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
  trustFile = join(folder, 'trust.json');
  await writeFile(trustFile, JSON.stringify(testTrust));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function admit(
  policy: Partial<AdmissionPolicy>,
  changes: AttestationChanges & { unattested?: true; unlogged?: true } = {},
) {
  const { digest, bundleDigest, logProofDigest } = await storeModel(objects, filesOf('admitted'), changes);
  const { entries } = await fetchModel(objects, digest);
  const admission = new Admission({ mode: 'enforce', trustFile, ...policy }, { objects, logger, telemetry });
  return admission.admit({
    name: 'gemirec',
    version: '1',
    bundleDigest: changes.unattested ? '' : bundleDigest,
    logProofDigest: changes.unlogged ? '' : logProofDigest,
    entries,
  });
}

describe('Admission', () => {
  it('admits a model whose attestation holds', async () => {
    expect(await admit({})).toEqual({
      assurance: 'L3_FULL',
      attestationId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each<
    [string, AttestationChanges & { unattested?: true; unlogged?: true }, Partial<AdmissionPolicy>, object]
  >([
    ['a model without an attestation', { unattested: true }, {}, { reason: 'MODEL_UNATTESTED' }],
    [
      'a model whose attestation is in no log',
      { unlogged: true },
      {},
      {
        reason: 'MODEL_NOT_ADMITTED',
        metadata: { name: 'gemirec', version: '1', requirement: 'requireLogProof' },
      },
    ],
    [
      'a model that differs from what was attested',
      { attested: filesOf('another') },
      {},
      { reason: 'MODEL_ALTERED', message: expect.stringContaining('is not the file that was attested') },
    ],
    [
      'a signature by a key that nobody trusts',
      { key: generateSigningKey() },
      {},
      { reason: 'MODEL_NOT_ADMITTED', metadata: { requirement: 'attestationKeys' } },
    ],
    [
      'a training that was verified too weakly',
      {},
      { minimumAssurance: 'L4_FULL_QUORUM' },
      { reason: 'MODEL_NOT_ADMITTED', metadata: { requirement: 'minimumAssurance' } },
    ],
    [
      'a seed that the prover chose',
      {
        predicate: (predicate) => ({
          ...predicate,
          run: { ...predicate.run, mode: 'POSTHOC', nonceSha256: null },
        }),
      },
      {},
      { reason: 'MODEL_NOT_ADMITTED', metadata: { requirement: 'requireOnline' } },
    ],
    [
      'anything where nobody is trusted',
      {},
      { trustFile: '/nonexistent/trust.json' },
      { reason: 'MODEL_NOT_ADMITTED', metadata: { requirement: 'trustFile' } },
    ],
  ])('refuses %s, and loads it with a warning where it only warns', async (_what, changes, policy, error) => {
    await expect(admit(policy, changes)).rejects.toMatchObject(error);
    warnings.length = 0;
    expect(await admit({ ...policy, mode: 'warn' }, changes)).toEqual({
      attestationId: '',
      assurance: 'NONE',
    });
    expect(warnings).toHaveLength(1);
    expect(await admit({ ...policy, mode: 'off' }, changes)).toEqual({
      attestationId: '',
      assurance: 'NONE',
    });
    expect(warnings).toHaveLength(1);
  });

  it('refuses a bundle that is none', async () => {
    const { digest } = await storeModel(objects, filesOf('admitted'));
    const { entries } = await fetchModel(objects, digest);
    const bundleDigest = await objects.put(Buffer.from('{}'));
    const admission = new Admission({ mode: 'enforce', trustFile }, { objects, logger, telemetry });
    await expect(
      admission.admit({ name: 'm', version: '1', bundleDigest, logProofDigest: '', entries }),
    ).rejects.toMatchObject({
      reason: 'MODEL_UNATTESTED',
      metadata: { check: 'BUNDLE_MALFORMED' },
    });
    const huge = await objects.put(new Uint8Array(5_000_000));
    await expect(
      admission.admit({ name: 'm', version: '1', bundleDigest: huge, logProofDigest: '', entries }),
    ).rejects.toMatchObject({
      reason: 'MODEL_UNATTESTED',
      message: expect.stringContaining('larger'),
    });
  });
});

describe('fetchModel', () => {
  it('notices a file that was changed in the store', async () => {
    const { digest } = await storeModel(objects, filesOf('changed'));
    const { entries, files, sizeBytes } = await fetchModel(objects, digest);
    expect([...files.keys()]).toEqual(['model.json', 'tensors.bin']);
    expect(sizeBytes).toBe(entries.reduce((sum, entry) => sum + entry.sizeBytes, 0));
    const sha256 = entries[1]?.sha256 ?? '';
    const path = join(folder, 'objects', sha256.slice(0, 2), sha256);
    const content = await readFile(path);
    content[0] = (content[0] ?? 0) ^ 1;
    await writeFile(path, content);
    await expect(fetchModel(objects, digest)).rejects.toMatchObject({ reason: 'MODEL_ALTERED' });
  });

  it('says what is missing', async () => {
    await expect(fetchModel(objects, 'a'.repeat(64))).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
  });

  it('refuses an object that is no file list', async () => {
    const digest = await objects.put(Buffer.from('hello'));
    await expect(fetchModel(objects, digest)).rejects.toMatchObject({ reason: 'MODEL_INCOMPATIBLE' });
  });
});

describe('readTrustFile', () => {
  it.each([
    ['what is no JSON', '{', /is no JSON/],
    ['another version', '{"version":2,"attestationKeys":["PUBLIC KEY"]}', /version/],
    ['no keys', '{"version":1,"attestationKeys":[]}', /attestationKeys/],
    [
      'an unknown level',
      '{"version":1,"attestationKeys":["PUBLIC KEY"],"minimumAssurance":"L9"}',
      /minimumAssurance/,
    ],
  ])('refuses %s', async (_what, text, message) => {
    const path = join(folder, 'broken.json');
    await writeFile(path, text);
    await expect(readTrustFile(path)).rejects.toThrow(message);
  });
});
