import { failure } from '@isthmus/chassis';
import {
  type AssuranceLevel,
  formatVerifierKey,
  ProofError,
  parseBundle,
  type VerifiedAttestation,
  verifyAttestation,
} from '@isthmus/proof';
import type {
  Attestation,
  VerifyAttestationRequest,
  VerifyAttestationResponse,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { AttestationContext } from '../attestation-context.js';
import { decodeFiles } from './decode-files.js';
import { encodeMode } from './encode-run.js';

/** `AttestationService.VerifyAttestation`: the check that every client can do offline, with this service's own keys. */
export function verifyAttestationMethod(context: AttestationContext) {
  return async (request: VerifyAttestationRequest): Promise<VerifyAttestationResponse> => {
    const bundle = new Uint8Array(request.bundle);
    requireBundle(bundle);
    try {
      const verified = verifyAttestation({
        bundle,
        ...(request.logProof === '' ? {} : { logProof: request.logProof }),
        ...(request.files.length === 0 ? {} : { files: decodeFiles(request.files) }),
        trust: {
          attestationKeys: [context.signingKey.publicKeyPem],
          logVerifierKey: formatVerifierKey(context.logSigner),
          minimumAssurance: 'L0_INTEGRITY',
          requireOnline: false,
          requireLogProof: request.logProof !== '',
        },
      });
      return {
        valid: true,
        attestation: encodeVerified(verified),
        problems: [],
        nonClaims: [...verified.statement.predicate.nonClaims],
      };
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      return {
        valid: false,
        attestation: undefined,
        problems: [`${error.code}: ${error.message}`],
        nonClaims: [],
      };
    }
  };
}

function requireBundle(bundle: Uint8Array): void {
  try {
    parseBundle(bundle);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('BUNDLE_MALFORMED', `The bundle cannot be read: ${cause.message}.`, { cause });
  }
}

function encodeVerified({
  attestationId,
  statement,
  modelDigest,
  assurance,
  mode,
  log,
}: VerifiedAttestation): Attestation {
  const { run, program } = statement.predicate;
  return {
    id: attestationId,
    runId: run.id,
    programName: program.name,
    programDigest: program.digest.sha256,
    modelDigest,
    assurance: assurances[assurance],
    mode: encodeMode(mode),
    logIndex: log?.index ?? 0n,
    createdAtMs: BigInt(Date.parse(run.verifiedAt)),
  };
}

const assurances: Readonly<Record<AssuranceLevel, Assurance>> = {
  L0_INTEGRITY: Assurance.ASSURANCE_L0_INTEGRITY,
  L1_LEGACY_TOLERANCE: Assurance.ASSURANCE_L1_LEGACY_TOLERANCE,
  L2_SAMPLED: Assurance.ASSURANCE_L2_SAMPLED,
  L3_FULL: Assurance.ASSURANCE_L3_FULL,
  L4_FULL_QUORUM: Assurance.ASSURANCE_L4_FULL_QUORUM,
};
