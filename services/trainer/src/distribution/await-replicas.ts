import { setTimeout as sleep } from 'node:timers/promises';
import { failure, IsthmusError, isErrorReasonName } from '@isthmus/chassis';
import { type Model, type ModelReplica, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Patience } from './load-version.js';
import type { ModelPlace } from './model-place.js';
import type { ModelName } from './model-source.js';

const POLL_MS = 250;

/** How long a replica may say that a load failed before it is believed: it tries again by itself, 30 to 35 s later. */
const RETRY_MS = 60_000;

/** What the replicas make of a version. */
export interface ReplicaProgress {
  readonly ready: number;
  readonly total: number;
}

/**
 * Waits until every replica that is alive has a version as it is wanted. Replicas that come or go meanwhile count as they do
 * at the end.
 * @param isThere whether a replica has it as wanted
 * @returns the replicas, all as wanted
 * @throws the reason of a replica that cannot load it; DEADLINE_EXCEEDED with the replicas that are not there yet
 */
export async function awaitReplicas(
  place: ModelPlace,
  named: ModelName,
  isThere: (replica: ModelReplica) => boolean,
  { deadlineMs, signal, retryMs = RETRY_MS }: Patience & { readonly retryMs?: number },
  onProgress: (progress: ReplicaProgress) => void = () => {},
): Promise<ModelReplica[]> {
  const began = performance.now();
  for (let told = ''; ; ) {
    const replicas = await replicasOf(place, named, signal);
    const there = replicas.filter(isThere);
    const progress = { ready: there.length, total: replicas.length };
    if (JSON.stringify(progress) !== told) onProgress(progress);
    told = JSON.stringify(progress);
    if (replicas.length > 0 && there.length === replicas.length) return there;
    const waitedMs = performance.now() - began;
    const failed = replicas.find(({ state }) => state === ModelState.MODEL_STATE_FAILED);
    if (failed !== undefined && waitedMs > Math.min(retryMs, deadlineMs)) throw notLoaded(named, failed);
    if (waitedMs > deadlineMs) throw notYet(named, replicas, isThere, deadlineMs);
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

/** The version on every replica; none where the program that was asked has not heard of it yet, or does not answer. */
async function replicasOf(
  { client }: ModelPlace,
  { name, version }: ModelName,
  signal: AbortSignal | undefined,
): Promise<readonly ModelReplica[]> {
  try {
    const request = { model: { name, choice: { $case: 'version' as const, value: version } } };
    const { model } = await client.getModel(request, signal === undefined ? {} : { signal });
    return model === undefined ? [] : knownReplicas(model);
  } catch (error) {
    if (!(error instanceof IsthmusError)) throw error;
    const passes = ['MODEL_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'DEPENDENCY_UNAVAILABLE', 'DRAINING'];
    if (passes.includes(error.reason)) return [];
    throw error;
  }
}

/** A server of an earlier contract tells of itself only. */
export function knownReplicas({ replicas, state, labels, failure, failureReason }: Model): ModelReplica[] {
  if (replicas.length > 0) return replicas;
  return [{ id: '', host: '', state, labels, failure, failureReason, seenAtMs: 0n }];
}

/** `LOADING` and its like, in small letters. */
export function stateName(state: ModelState): string {
  return (ModelState[state] ?? 'unknown').replace('MODEL_STATE_', '').toLowerCase();
}

/** How people know a replica. */
export function replicaName({ host, id }: Pick<ModelReplica, 'host' | 'id'>): string {
  return host === '' ? 'the replica that was asked' : `${host} (${id.slice(0, 8)})`;
}

function notLoaded({ name, version }: ModelName, replica: ModelReplica): Error {
  const { failureReason: reason, failure: why } = replica;
  return failure(
    isErrorReasonName(reason) ? reason : 'MODEL_NOT_READY',
    `${replicaName(replica)} could not load ${name} ${version}: ${why} The replicas that have it serve on.`,
    { metadata: { name, version, replica: replica.host } },
  );
}

function notYet(
  { name, version }: ModelName,
  replicas: readonly ModelReplica[],
  isThere: (replica: ModelReplica) => boolean,
  deadlineMs: number,
): Error {
  const missing = replicas
    .filter((replica) => !isThere(replica))
    .map((replica) => `${replicaName(replica)} ${stateName(replica.state)}`);
  const who = missing.length === 0 ? 'no program knows of it' : missing.join(', ');
  return failure(
    'DEADLINE_EXCEEDED',
    `${name} ${version} is not everywhere after ${deadlineMs / 1000} s: ${who}. Look at the logs of these replicas; the same command goes on from here.`,
    { metadata: { name, version } },
  );
}
