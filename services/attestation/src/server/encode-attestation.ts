import type { Attestation } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { StoredAttestation } from '../store/attestation-store.js';
import { encodeMode } from './encode-run.js';

/** An attestation in short, as the contract has it. This service signs nothing but full replays. */
export function encodeAttestation(attestation: StoredAttestation): Attestation {
  return {
    id: attestation.id,
    runId: attestation.runId,
    programName: attestation.programName,
    programDigest: attestation.programDigest,
    modelDigest: attestation.modelDigest,
    assurance: Assurance.ASSURANCE_L3_FULL,
    mode: encodeMode(attestation.mode),
    logIndex: attestation.logIndex,
    createdAtMs: BigInt(attestation.createdAtMs),
  };
}
