import {
  AttestationServiceService as Attestations,
  type GetAttestationRequest,
  ListAttestationsRequest,
  VerifyAttestationRequest,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import { expect } from '@jest/globals';
import { bad, badPages, invalid, type MethodCases, methodCases } from './method-cases.js';

/** Cases of `isthmus.attestation.v1.AttestationService`. */
export const attestationCases: readonly MethodCases[] = [
  methodCases(
    Attestations.getAttestation,
    'attestation',
    ({ mesh }): GetAttestationRequest => ({
      key: { $case: 'modelDigest', value: mesh.small.retrieval.modelDigest },
    }),
    [
      invalid<GetAttestationRequest>('nothing to know it by', () => ({ key: undefined })),
      invalid<GetAttestationRequest>('an id that is none', () => ({
        key: { $case: 'attestationId', value: 'abc' },
      })),
      bad<GetAttestationRequest>(
        'an unknown id',
        () => ({ key: { $case: 'attestationId', value: '0'.repeat(64) } }),
        'NOT_FOUND',
        'ATTESTATION_NOT_FOUND',
      ),
      bad<GetAttestationRequest>(
        'a run that was never attested',
        () => ({ key: { $case: 'runId', value: 'nobody' } }),
        'NOT_FOUND',
        'ATTESTATION_NOT_FOUND',
      ),
      bad<GetAttestationRequest>(
        'an unknown model',
        () => ({ key: { $case: 'modelDigest', value: '0'.repeat(64) } }),
        'NOT_FOUND',
        'ATTESTATION_NOT_FOUND',
      ),
    ],
    ([answer], { mesh }) => {
      expect(answer?.attestation?.id).toBe(mesh.small.retrieval.attestation?.id);
      expect(answer?.attestation?.assurance).toBe(Assurance.ASSURANCE_L3_FULL);
    },
  ),
  methodCases(
    Attestations.listAttestations,
    'attestation',
    () => ListAttestationsRequest.fromPartial({ pageSize: 1 }),
    badPages<ListAttestationsRequest>(),
    ([answer]) => {
      expect(answer?.attestations).toHaveLength(1);
      expect(answer?.nextPageToken).not.toBe('');
    },
  ),
  methodCases(
    Attestations.verifyAttestation,
    'attestation',
    ({ mesh }) => {
      const { bundle = '', logProof = '' } = mesh.small.retrieval.attestation ?? {};
      return VerifyAttestationRequest.fromPartial({ bundle: Buffer.from(bundle), logProof });
    },
    [
      invalid('an empty bundle', (good) => ({ ...good, bundle: Buffer.alloc(0) })),
      invalid('a bundle of 256 KiB and a byte', (good) => ({ ...good, bundle: Buffer.alloc(262_145, 32) })),
      invalid('a log proof of 64 KiB and a byte', (good) => ({ ...good, logProof: 'x'.repeat(65_537) })),
      bad(
        'bytes that are no bundle',
        (good) => ({ ...good, bundle: Buffer.from('no bundle') }),
        'INVALID_ARGUMENT',
        'BUNDLE_MALFORMED',
      ),
      bad(
        'a bundle that was cut off',
        (good) => ({ ...good, bundle: good.bundle.subarray(0, 500) }),
        'INVALID_ARGUMENT',
        'BUNDLE_MALFORMED',
      ),
      bad(
        'JSON that is no bundle',
        (good) => ({ ...good, bundle: Buffer.from('{"mediaType":"x"}') }),
        'INVALID_ARGUMENT',
        'BUNDLE_MALFORMED',
      ),
    ],
    ([answer]) => {
      expect(answer?.problems).toEqual([]);
      expect(answer?.valid).toBe(true);
    },
  ),
];
