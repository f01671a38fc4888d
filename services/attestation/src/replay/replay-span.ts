import {
  canonicalJson,
  checkInitialState,
  checkSegment,
  encodeFileList,
  exportModel,
  type Json,
  modelDigest,
  type SegmentClaim,
  type SegmentEvidence,
  type SegmentRunner,
} from '@isthmus/proof';
import { failureText } from '../domain/failure-text.js';
import type { FailureClass } from '../domain/verdict.js';
import type { FetchObject } from './open-inputs.js';
import type { ReplayTask } from './replay-protocol.js';

/** Why a span did not hold. */
export interface SpanFailure {
  readonly class: FailureClass;
  readonly message: string;
  readonly segment: number | undefined;
  /** Evidence for anybody who looks into it, canonical JSON; undefined where the message says it all. */
  readonly evidence: Uint8Array | undefined;
}

/**
 * Replays the segments of a task from their committed states and compares bit for bit: the first state where the span
 * begins the run, every segment, and the exported files where it ends the run. Each segment starts from the encoded
 * state that was committed before it, so nothing can hide outside the state.
 *
 * @param onSegment called after each segment that held, before the next one begins
 * @returns the first failure, or undefined where everything held
 */
export async function replaySpan(
  task: ReplayTask,
  runner: SegmentRunner,
  fetchObject: FetchObject,
  onSegment: (segment: number) => Promise<void>,
): Promise<SpanFailure | undefined> {
  const limits = { maxBytes: task.maxStateBytes };
  let before: Uint8Array;
  if (task.startObject === undefined) {
    const first = checkInitialState(runner, task.startHash);
    if (!first.held) return refused(task, first.evidence, 'the first state');
    before = first.encodedState;
  } else {
    before = await fetchObject(task.startObject);
  }
  let beforeHash = task.startHash;
  for (let segment = task.span.first; segment < task.span.end; segment += 1) {
    const committed = task.segments[segment - task.span.first];
    if (committed === undefined) throw new Error(`The task says nothing of segment ${segment}`);
    const claim: SegmentClaim = {
      segment,
      last: segment === task.totalSegments - 1,
      before,
      beforeHash,
      afterHash: committed.stateHash,
      readsDigest: committed.readsDigest,
      steps: committed.steps,
    };
    const verdict = checkSegment(runner, claim, limits);
    if (!verdict.held)
      return refused(task, await comparedEvidence(runner, claim, verdict.evidence), `segment ${segment}`);
    before = verdict.encodedState;
    beforeHash = committed.stateHash;
    await onSegment(segment);
  }
  return task.span.end === task.totalSegments ? checkFiles(task, runner, before) : undefined;

  /** The evidence with the distances to the committed state. That state is fetched only now: its hash decided. */
  async function comparedEvidence(
    on: SegmentRunner,
    claim: SegmentClaim,
    evidence: SegmentEvidence,
  ): Promise<SegmentEvidence> {
    const stateObject = task.segments[claim.segment - task.span.first]?.stateObject;
    if (evidence.failureClass !== 'REPLAY_MISMATCH' || stateObject === undefined) return evidence;
    const again = checkSegment(on, { ...claim, after: await fetchObject(stateObject) }, limits);
    return again.held ? evidence : again.evidence;
  }
}

/** Compares the released files with those that follow from the last state, which was replayed just before. */
function checkFiles(task: ReplayTask, runner: SegmentRunner, lastState: Uint8Array): SpanFailure | undefined {
  const exported = exportModel(runner.context, lastState, { maxBytes: task.maxStateBytes });
  if (exported.digest === modelDigest(encodeFileList(task.files))) return undefined;
  const got = new Map(exported.entries.map((entry) => [entry.name, entry.sha256]));
  const stated = new Map(task.files.map((entry) => [entry.name, entry.sha256]));
  const differing = [...new Set([...stated.keys(), ...got.keys()])]
    .filter((name) => got.get(name) !== stated.get(name))
    .sort();
  const files = differing.map((name) => ({
    name,
    statedSha256: stated.get(name) ?? null,
    exportedSha256: got.get(name) ?? null,
  }));
  return {
    class: 'REPLAY_MISMATCH',
    message: `the last state exports other files than those released: ${differing.join(', ')}`,
    segment: undefined,
    evidence: evidenceObject(task, { problem: 'FILES', files }),
  };
}

function refused(task: ReplayTask, evidence: SegmentEvidence, where: string): SpanFailure {
  return {
    class: evidence.failureClass,
    message: `${where}: ${evidence.problem}`,
    segment: evidence.segment,
    evidence: evidenceObject(task, { ...evidence, problem: failureText(evidence.problem) }),
  };
}

function evidenceObject(task: ReplayTask, evidence: { readonly [name: string]: Json }): Uint8Array {
  return canonicalJson({ version: 1, runId: task.runId, ...evidence });
}
