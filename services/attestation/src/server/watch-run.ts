import type { CallContext } from '@isthmus/chassis';
import type { WatchRunRequest, WatchRunResponse } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { AttestationContext } from '../attestation-context.js';
import { isFinal } from '../domain/run-state.js';
import { runNotFound } from '../runs/commit-segment.js';
import { findRunReport } from '../store/run-store.js';
import { encodeRunReport } from './encode-run.js';

/** How often a watched run is read where no notification comes, in milliseconds. */
const pollMs = 5_000;

/** `ProofService.WatchRun`. */
export function watchRunMethod(context: AttestationContext) {
  return async function* ({ runId }: WatchRunRequest, call: CallContext): AsyncGenerator<WatchRunResponse> {
    let changed = false;
    let wake: () => void = () => undefined;
    const stop = context.changes.watch((id) => {
      if (id !== undefined && id !== runId) return;
      changed = true;
      wake();
    });
    const onAbort = () => wake();
    call.signal.addEventListener('abort', onAbort);
    try {
      let previous = '';
      while (!call.signal.aborted) {
        changed = false;
        const report = await findRunReport(context.database.pool, runId);
        if (report === undefined) throw runNotFound(runId);
        const { run, replayedSegments } = report;
        const version = `${run.state} ${run.committedSegments} ${replayedSegments}`;
        if (version !== previous) yield { run: encodeRunReport(report) };
        previous = version;
        if (isFinal(run.state)) return;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (changed || call.signal.aborted) wake();
        });
      }
    } finally {
      stop();
      call.signal.removeEventListener('abort', onAbort);
    }
  };
}
