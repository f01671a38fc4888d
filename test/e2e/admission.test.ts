import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOfReason, type ErrorReasonName } from '@isthmus/chassis';
import { encodeFileList, fileEntries, generateSigningKey } from '@isthmus/proof';
import { Assurance, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { ModelServiceClient } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { RetrievalServiceClient, RetrieveRequest } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProgramProcess } from '../support/program-process.js';
import { type ModelToLoad, SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let retrieval: ProgramProcess;
let versions = 0;

beforeAll(async () => {
  mesh = await SuiteMesh.create('admission');
  retrieval = await mesh.start('retrieval');
  await mesh.load(retrieval, mesh.retrievalModel);
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

/** The retrieval model under a version of its own, to be changed. */
function candidate(change: Partial<ModelToLoad>): ModelToLoad {
  versions += 1;
  return { ...mesh.retrievalModel, version: `candidate-${versions}`, ...change };
}

/** The digest of a model that differs from a trained one in one bit, under a file list of its own. */
async function flippedBit({ files }: TrainResult): Promise<string> {
  const contents = new Map<string, Uint8Array>();
  for (const { name, sha256 } of files) contents.set(name, Uint8Array.from(await mesh.objects.get(sha256)));
  const largest = [...contents.values()].sort((a, b) => b.length - a.length)[0]!;
  largest[largest.length >> 1]! ^= 1;
  for (const content of contents.values()) await mesh.objects.put(content);
  return mesh.objects.put(encodeFileList(fileEntries(contents)));
}

async function answeringVersion(): Promise<string | undefined> {
  const client = mesh.connect(RetrievalServiceClient, retrieval.address);
  const request = RetrieveRequest.fromPartial({ model: { name: 'gemirec' }, user: {}, k: 5 });
  const { model, hits } = await client.retrieve(request);
  expect(hits).toHaveLength(5);
  return model?.version;
}

describe('a server with admission enforce', () => {
  const refused: readonly (readonly [
    what: string,
    change: () => Promise<Partial<ModelToLoad>>,
    reason: ErrorReasonName,
  ])[] = [
    [
      'a model of which one bit was flipped',
      async () => ({ digest: await flippedBit(mesh.small.retrieval) }),
      'MODEL_ALTERED',
    ],
    ['a model without attestation', async () => ({ bundleDigest: '' }), 'MODEL_UNATTESTED'],
    [
      'a model with the bundle of another one',
      async () => ({ bundleDigest: mesh.representationModel.bundleDigest }),
      'MODEL_ALTERED',
    ],
    [
      'a model whose bundle is none',
      async () => ({ bundleDigest: await mesh.objects.put(Buffer.from('{"mediaType":"text/plain"}')) }),
      'MODEL_UNATTESTED',
    ],
    [
      'a bundle whose signature was changed',
      async () => ({ bundleDigest: await mesh.objects.put(await forgedBundle()) }),
      'MODEL_UNATTESTED',
    ],
    [
      'an attested model of another kind',
      async () => {
        const { digest, bundleDigest, logProofDigest } = mesh.representationModel;
        return { digest, bundleDigest, logProofDigest };
      },
      'MODEL_INCOMPATIBLE',
    ],
    [
      'an attestation without a proof that the log holds it',
      async () => ({ logProofDigest: '' }),
      'MODEL_NOT_ADMITTED',
    ],
    [
      'an attestation with the log proof of another one',
      async () => ({ logProofDigest: mesh.representationModel.logProofDigest }),
      'MODEL_UNATTESTED',
    ],
    ['a model that is not in the store', async () => ({ digest: 'ab'.repeat(32) }), 'OBJECT_NOT_FOUND'],
  ];

  it.each(refused)('refuses %s, says why, and goes on serving', async (_what, change, reason) => {
    const model = candidate(await change());
    await expect(mesh.load(retrieval, model)).rejects.toMatchObject({ reason, code: codeOfReason[reason] });
    const models = mesh.connect(ModelServiceClient, retrieval.adminAddress);
    const choice = { $case: 'version' as const, value: model.version };
    const known = await models.getModel({ model: { name: model.name, choice } });
    expect(known.model?.state).toBe(ModelState.MODEL_STATE_FAILED);
    expect(known.model?.failure).not.toBe('');
    expect(known.model?.labels).toEqual([]);
    expect(await answeringVersion()).toBe('1');
  });

  it('refuses an attestation of somebody whom it does not trust', async () => {
    const trustFile = join(mesh.directory, 'stranger.json');
    const { publicKeyPem } = generateSigningKey();
    await writeFile(trustFile, JSON.stringify({ version: 1, attestationKeys: [publicKeyPem] }));
    const stranger = await mesh.start('representation', { 'admission.trustFile': trustFile });
    await expect(mesh.load(stranger, mesh.representationModel)).rejects.toMatchObject({
      reason: 'MODEL_NOT_ADMITTED',
      metadata: { requirement: 'attestationKeys' },
    });
  });

  it('refuses an assurance below the one that it asks for', async () => {
    const strict = await mesh.start('representation', { 'admission.minimumAssurance': 'L4_FULL_QUORUM' });
    await expect(mesh.load(strict, mesh.representationModel)).rejects.toMatchObject({
      reason: 'MODEL_NOT_ADMITTED',
      metadata: { requirement: 'minimumAssurance' },
    });
  });

  async function forgedBundle(): Promise<Uint8Array> {
    const bytes = await mesh.objects.get(mesh.retrievalModel.bundleDigest);
    const bundle = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      dsseEnvelope: { signatures: { sig: string }[] };
    };
    const signature = bundle.dsseEnvelope.signatures[0]!;
    const raw = Buffer.from(signature.sig, 'base64');
    raw[raw.length - 1]! ^= 1;
    signature.sig = raw.toString('base64');
    return Buffer.from(JSON.stringify(bundle));
  }
});

describe('a server with admission warn', () => {
  it('loads an unattested model, and every answer says that nothing was verified', async () => {
    const lenient = await mesh.start('representation', { 'admission.mode': 'warn' });
    await mesh.load(lenient, { ...mesh.representationModel, bundleDigest: '', version: 'unattested' });
    expect(lenient.log).toContain('MODEL_UNATTESTED');
    const models = mesh.connect(ModelServiceClient, lenient.adminAddress);
    const { model } = await models.getModel({ model: { name: 'ce-cdr', choice: undefined } });
    expect(model?.identity).toMatchObject({ attestationId: '', assurance: Assurance.ASSURANCE_NONE });
  });
});
