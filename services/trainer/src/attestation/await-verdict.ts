import { type Run, RunState, WatchRunRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { assuranceToJSON } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { SessionEnd } from '../training/run-session.js';
import type { RunVerdict } from '../training/training-event.js';
import type { ProofClient } from './proof-client.js';
import { untilItPasses } from './transient-failure.js';

/** The final states of a run. */
const finalStates = new Map<RunState, RunVerdict['state']>([
  [RunState.RUN_STATE_ATTESTED, 'ATTESTED'],
  [RunState.RUN_STATE_REJECTED, 'REJECTED'],
  [RunState.RUN_STATE_ABSTAINED, 'ABSTAINED'],
  [RunState.RUN_STATE_EXPIRED, 'EXPIRED'],
]);

/** Follows a run until it is decided; tells of every change. Throws the signal's reason, or CANCELLED, when it is aborted. */
export async function awaitVerdict(
  client: ProofClient,
  runId: string,
  { onChange, signal }: Pick<SessionEnd, 'onChange' | 'signal'>,
): Promise<RunVerdict> {
  return untilItPasses(async () => {
    signal?.throwIfAborted();
    const request = WatchRunRequest.fromPartial({ runId });
    for await (const { run } of client.watchRun(request, signal === undefined ? {} : { signal })) {
      if (run === undefined) continue;
      onChange({
        event: 'replay',
        state: RunState[run.state].replace(/^RUN_STATE_/, ''),
        replayed: Number(run.replayedSegments),
        total: Number(run.committedSegments),
      });
      const state = finalStates.get(run.state);
      if (state !== undefined) return verdictOf(run, state);
    }
    throw new Error(`the attestation service stopped telling of the run ${runId} before it was decided`);
  });
}

function verdictOf(run: Run, state: RunVerdict['state']): RunVerdict {
  const { verdict } = run;
  return {
    state,
    level: verdict === undefined ? 'NONE' : assuranceToJSON(verdict.assurance).replace(/^ASSURANCE_/, ''),
    replayedSegments: Number(verdict?.replayedSegments ?? run.replayedSegments),
    totalSegments: Number(verdict?.totalSegments ?? run.committedSegments),
    failureClass: verdict?.failureClass ?? '',
    failure: verdict?.failure ?? '',
    verifyMs: Number(run.decidedAtMs - run.finishedAtMs),
  };
}
