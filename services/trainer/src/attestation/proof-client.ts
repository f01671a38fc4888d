import { type ConnectionSecurity, channelCredentialsOf, connect, type ServiceClient } from '@isthmus/chassis';
import { AttestationServiceClient } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { ProofServiceClient } from '@isthmus/proto/isthmus/attestation/v1/run.js';

/** The prover's side of the attestation service. */
export type ProofClient = ServiceClient<typeof ProofServiceClient.service>;

/** The relying party's side of it. */
export type AttestationClient = ServiceClient<typeof AttestationServiceClient.service>;

/** Deadline of a call to the attestation service: signing and logging wait for the database. */
const DEADLINE_MS = 60_000;

/** Connects to both sides of an attestation service. */
export function connectAttestation(
  address: string,
  security: ConnectionSecurity,
): {
  readonly proof: ProofClient;
  readonly attestation: AttestationClient;
} {
  const credentials = channelCredentialsOf(security, Date.now());
  const options = { defaultDeadlineMs: DEADLINE_MS, credentials };
  return {
    proof: connect(ProofServiceClient, address, options),
    attestation: connect(AttestationServiceClient, address, options),
  };
}
