import { bindService, type ServiceBinding } from '@isthmus/chassis';
import { AttestationServiceService } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { ProofServiceService } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import { commitSegmentsMethod } from './commit-segments.js';
import { finishRunMethod } from './finish-run.js';
import { getAttestationMethod } from './get-attestation.js';
import { getConsistencyProofMethod } from './get-consistency-proof.js';
import { getInclusionProofMethod } from './get-inclusion-proof.js';
import { getLogCheckpointMethod } from './get-log-checkpoint.js';
import { getRunMethod } from './get-run.js';
import { listAttestationsMethod } from './list-attestations.js';
import { listLogEntriesMethod } from './list-log-entries.js';
import { listRunsMethod } from './list-runs.js';
import { startRunMethod } from './start-run.js';
import { uploadObjectMethod } from './upload-object.js';
import { verifyAttestationMethod } from './verify-attestation.js';
import { watchRunMethod } from './watch-run.js';

/** The three services of the program with all their methods. */
export function bindServices(context: AttestationContext): ServiceBinding[] {
  return [
    bindService(ProofServiceService, {
      startRun: startRunMethod(context),
      uploadObject: uploadObjectMethod(context),
      commitSegments: commitSegmentsMethod(context),
      finishRun: finishRunMethod(context),
      getRun: getRunMethod(context),
      listRuns: listRunsMethod(context),
      watchRun: watchRunMethod(context),
    }),
    bindService(AttestationServiceService, {
      getAttestation: getAttestationMethod(context),
      listAttestations: listAttestationsMethod(context),
      verifyAttestation: verifyAttestationMethod(context),
    }),
    bindService(TransparencyLogServiceService, {
      getLogCheckpoint: getLogCheckpointMethod(context),
      getInclusionProof: getInclusionProofMethod(context),
      getConsistencyProof: getConsistencyProofMethod(context),
      listLogEntries: listLogEntriesMethod(context),
    }),
  ];
}
