import type { GetRunRequest, GetRunResponse } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import { runNotFound } from '../runs/commit-segment.js';
import { findRunReport } from '../store/run-store.js';
import { encodeRunReport } from './encode-run.js';

/** `ProofService.GetRun`. */
export function getRunMethod(context: AttestationContext) {
  return async ({ runId }: GetRunRequest): Promise<GetRunResponse> => {
    const report = await findRunReport(context.database.pool, runId);
    if (report === undefined) throw runNotFound(runId);
    return { run: encodeRunReport(report) };
  };
}
