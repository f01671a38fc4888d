import {
  ProofMode,
  type StartRunRequest,
  type StartRunResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import type { AnnouncedRun } from '../domain/admit-run.js';
import { startRun } from '../runs/start-run.js';
import { encodeRun } from './encode-run.js';
import { requireRequestId } from './require-request-id.js';

/** `ProofService.StartRun`. */
export function startRunMethod(context: AttestationContext) {
  return async (request: StartRunRequest): Promise<StartRunResponse> => {
    const announced = decodeAnnounced(request);
    const run = await context.telemetry.span('run.start', {}, () =>
      startRun(context, announced, requireRequestId(request.requestId)),
    );
    return {
      run: encodeRun(run),
      checkpoint: run.startCheckpoint,
      nonce: Buffer.from(run.nonce),
      seed: Buffer.from(run.seed),
      window: context.limits.window,
    };
  };
}

function decodeAnnounced(request: StartRunRequest): AnnouncedRun {
  return {
    manifest: new Uint8Array(request.manifest),
    signature: new Uint8Array(request.signature),
    publicKey: new Uint8Array(request.publicKey),
    mode: request.mode === ProofMode.PROOF_MODE_POSTHOC ? 'POSTHOC' : 'ONLINE',
    seed: new Uint8Array(request.seed),
  };
}
