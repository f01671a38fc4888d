import type { ProofError, ProofErrorCode } from '@isthmus/proof';
import { failure, type IsthmusError } from '../errors/isthmus-error.js';

/** What a policy asked for, by the code of the check that failed. */
const requirements: Readonly<Partial<Record<ProofErrorCode, string>>> = {
  POLICY_LEVEL: 'minimumAssurance',
  POLICY_MODE: 'requireOnline',
  POLICY_LOG_PROOF: 'requireLogProof',
  KEY_UNKNOWN: 'attestationKeys',
  PREDICATE_TYPE: 'predicateType',
};

/** The error of a model whose attestation was checked and found wanting. */
export function admissionError(model: { name: string; version: string }, error: ProofError): IsthmusError {
  const title = `${model.name} ${model.version}`;
  const { name, version } = model;
  if (error.code === 'SUBJECT_MISMATCH') {
    return failure(
      'MODEL_ALTERED',
      `The model ${title} is not what was attested: ${error.message}. Fetch it again from where it was published.`,
      { metadata: { name, version }, cause: error },
    );
  }
  const requirement = requirements[error.code];
  if (requirement !== undefined) {
    return failure(
      'MODEL_NOT_ADMITTED',
      `The attestation of ${title} does not meet this server's policy (${requirement}): ${error.message}.`,
      { metadata: { name, version, requirement }, cause: error },
    );
  }
  return failure(
    'MODEL_UNATTESTED',
    `The attestation of ${title} does not hold (${error.code}): ${error.message}. Publish the model with the bundle that the attestation service made.`,
    { metadata: { name, version, check: error.code }, cause: error },
  );
}
