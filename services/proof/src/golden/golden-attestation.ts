import { toBase64, toHex } from '../bytes.js';
import { readsDigest } from '../chain.js';
import { manifestDigest } from '../manifest.js';
import { generateNoteSigner } from '../note.js';
import type { Json } from '../program.js';
import { manifestSigningBytes } from '../prover-signature.js';
import { generateSigningKey, signMessage } from '../signature.js';
import { attestToyRun } from './toy-attestation.js';

/** Golden files of a whole run: its manifest, its chain, the log and the attestation. The private keys are forgotten. */
export async function goldenAttestation(): Promise<{ readonly [name: string]: Json }> {
  const [prover, service] = [generateSigningKey(), generateSigningKey()];
  const attested = await attestToyRun(prover, service, generateNoteSigner('isthmus.example/golden-log'));
  const { run } = attested;
  const commitment = manifestDigest(run.manifestBytes);
  return {
    manifest: {
      text: Buffer.from(run.manifestBytes).toString('utf8'),
      c0: toHex(commitment),
      proverPublicKeyPem: prover.publicKeyPem,
      signatureBase64: toBase64(signMessage(prover, manifestSigningBytes(commitment))),
    },
    run: {
      nonce: toHex(attested.nonce),
      seed: toHex(run.context.seed),
      points: {
        description: Buffer.from(run.points.descriptionBytes).toString('utf8'),
        blobBase64: toBase64(run.points.blob),
      },
      initialStateHash: toHex(run.initialStateHash),
      statesBase64: run.states.map(toBase64),
      segments: run.segments.map((segment, i) => ({
        steps: segment.steps,
        stateHash: toHex(segment.stateHash),
        reads: Object.fromEntries([...(run.reads[i] ?? [])].map(([name, indices]) => [name, [...indices]])),
        readsDigest: toHex(readsDigest(run.reads[i] ?? new Map())),
        chain: toHex(segment.chain),
      })),
      fileList: Buffer.from(run.model.fileListBytes).toString('utf8'),
      modelDigest: run.model.digest,
    },
    log: {
      verifierKey: attested.logVerifierKey,
      startCheckpoint: attested.startCheckpoint,
      entriesBase64: attested.entries.map(toBase64),
      proof: attested.logProof,
    },
    attestation: {
      publicKeyPem: service.publicKeyPem,
      statement: Buffer.from(attested.statement).toString('utf8'),
      bundle: Buffer.from(attested.bundle).toString('utf8'),
      attestationId: attested.attestationId,
    },
  };
}
