import type { FinishRunRequest, FinishRunResponse } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import type { AnnouncedEnd } from '../domain/admit-end.js';
import { finishRun } from '../runs/finish-run.js';
import { decodeFiles } from './decode-files.js';
import { encodeRun } from './encode-run.js';
import { requireRequestId } from './require-request-id.js';

/** `ProofService.FinishRun`. */
export function finishRunMethod(context: AttestationContext) {
  return async (request: FinishRunRequest): Promise<FinishRunResponse> => {
    const end: AnnouncedEnd = {
      segments: Number(request.segments),
      chainHead: new Uint8Array(request.chainHead),
      files: decodeFiles(request.files),
      modelDigest: request.modelDigest,
      signature: new Uint8Array(request.signature),
    };
    const attributes = { 'isthmus.run.id': request.runId, 'isthmus.segments': end.segments };
    const run = await context.telemetry.span('run.finish', attributes, () =>
      finishRun(context, request.runId, end, requireRequestId(request.requestId)),
    );
    return { run: encodeRun(run) };
  };
}
