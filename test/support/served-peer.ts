import type { ServiceClient } from '@isthmus/chassis';
import { RetrievalServiceClient } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { spawnTraining, type TrainOptions, type TrainResult } from '@isthmus/trainer';
import type { SuiteMesh } from './suite-mesh.js';

/** A program of retrieval that was trained and attested on the small data, and serves as `stable` under its own name. */
export interface ServedPeer {
  readonly trained: TrainResult;
  readonly retrieval: ServiceClient<typeof RetrievalServiceClient.service>;
}

/** Trains a program with a proof and serves what it made. */
export async function servePeer(
  mesh: SuiteMesh,
  program: string,
  spec: TrainOptions['spec'],
): Promise<ServedPeer> {
  const attestation = await mesh.startAttestation();
  const trained = await spawnTraining({
    dataFile: mesh.small.dataFile,
    objectsUrl: mesh.small.objectsUrl,
    attestation: attestation.address,
    security: 'off',
    keyFile: `${mesh.directory}/prover-key.pem`,
    program,
    spec,
  }).result;
  const service = await mesh.start('retrieval');
  await mesh.load(service, {
    name: program,
    version: '1',
    digest: trained.modelDigest,
    bundleDigest: trained.attestation?.bundleDigest ?? '',
    logProofDigest: trained.attestation?.logProofDigest ?? '',
    labels: ['stable'],
  });
  return { trained, retrieval: mesh.connect(RetrievalServiceClient, service.address) };
}
