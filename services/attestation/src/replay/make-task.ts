import { resumeSegment } from '../domain/replay-span.js';
import { listCommitments } from '../store/commitment-store.js';
import type { Queryable } from '../store/queryable.js';
import { findRun } from '../store/run-store.js';
import { listReplayedSegments } from '../store/span-store.js';
import type { ReplayTask } from './replay-protocol.js';
import type { SpanJob } from './replay-queue.js';

/**
 * Puts together what a replayer needs for what is left of a span.
 * @returns undefined where every segment of the span has been replayed and nothing else is left to check
 */
export async function makeTask(
  on: Queryable,
  job: SpanJob,
  maxStateBytes: number,
): Promise<ReplayTask | undefined> {
  const run = await findRun(on, job.runId);
  if (run?.initialStateHash === undefined || run.end === undefined) {
    throw new Error(`The run ${job.runId} is not finished, and its replay is queued`);
  }
  const totalSegments = run.committedSegments;
  const commitments = await listCommitments(on, run.id, Math.max(0, job.first - 1), job.end);
  const bySegment = new Map(commitments.map((commitment) => [commitment.segment, commitment]));
  const kept: boolean[] = [];
  for (let segment = job.first; segment < job.end; segment += 1) {
    kept[segment] = segment === 0 || bySegment.get(segment - 1)?.stateObject !== undefined;
  }
  const replayed = await listReplayedSegments(on, run.id, job.first, job.end);
  // The files follow from the last state, so the span that ends the run always replays its last segment.
  if (job.end === totalSegments) replayed.delete(totalSegments - 1);
  const first = resumeSegment(job, replayed, kept);
  if (first === job.end) return undefined;
  const before = bySegment.get(first - 1);
  return {
    runId: run.id,
    manifest: run.manifest,
    seed: run.seed,
    span: { first, end: job.end },
    totalSegments,
    startHash: before?.stateHash ?? run.initialStateHash,
    startObject: before?.stateObject,
    segments: commitments.filter(({ segment }) => segment >= first),
    files: job.end === totalSegments ? run.end.files : [],
    maxStateBytes,
  };
}
