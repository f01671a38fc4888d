import { failure } from '@isthmus/chassis';
import type {
  CommitSegmentsRequest,
  CommitSegmentsResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import type { Commitment } from '../domain/run.js';
import { commitSegment } from '../runs/commit-segment.js';

/**
 * `ProofService.CommitSegments`. A commitment is acknowledged once it is durable, and the next one is read only then:
 * a prover that sends faster is held back by the flow control of its connection.
 */
export function commitSegmentsMethod(context: AttestationContext) {
  return async function* (
    requests: AsyncIterable<CommitSegmentsRequest>,
  ): AsyncGenerator<CommitSegmentsResponse> {
    for await (const request of requests) {
      const commitment = decodeCommitment(request);
      const initialStateHash =
        request.initialStateHash.length === 0 ? undefined : new Uint8Array(request.initialStateHash);
      const attributes = { 'isthmus.run.id': request.runId, 'isthmus.segment': commitment.segment };
      const next = await context.telemetry.span('run.commit', attributes, () =>
        commitSegment(context, request.runId, commitment, initialStateHash),
      );
      yield { nextSegment: BigInt(next) };
    }
  };
}

function decodeCommitment(request: CommitSegmentsRequest): Commitment {
  const { stateObject } = request;
  if (stateObject.length !== 0 && stateObject.length !== 32) throw outOfRange('state_object', 'bytes.len');
  return {
    segment: safeNumber('segment', request.segment),
    stateHash: new Uint8Array(request.stateHash),
    readsDigest: new Uint8Array(request.readsDigest),
    chain: new Uint8Array(request.chain),
    stateObject: stateObject.length === 0 ? undefined : stateObject.toString('hex'),
    steps: safeNumber('steps', request.steps),
  };
}

function safeNumber(field: string, value: bigint): number {
  if (value > 1_000_000_000n) throw outOfRange(field, 'uint64.lte');
  return Number(value);
}

function outOfRange(field: string, rule: string): Error {
  return failure('FIELD_INVALID', `${field} is out of its range.`, { metadata: { field, rule } });
}
