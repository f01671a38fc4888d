import { readdirSync, readFileSync } from 'node:fs';
import {
  chainNext,
  chainStart,
  decodeState,
  encodeManifest,
  encodeState,
  type Manifest,
  manifestDigest,
  stateHash,
} from '@isthmus/proof';
import type { Run } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { ToyProver, TrainedRun } from './toy-prover.js';

/** What binds a trained run to its announcement. */
export interface RunBinding {
  /** C0 of its manifest. */
  readonly commitment: Uint8Array;
  readonly seed: Uint8Array;
}

/** Announces and trains a run, commits all of it and ends it. `change` may falsify it before it is committed. */
export async function commitRun(
  prover: ToyProver,
  manifest: Manifest,
  change: (run: TrainedRun, binding: RunBinding) => void = () => undefined,
): Promise<string> {
  const started = await prover.start(manifest);
  const seed = new Uint8Array(started.seed);
  const run = prover.train(withoutWork(manifest), seed);
  const binding = { commitment: manifestDigest(encodeManifest(manifest)), seed };
  rechain(run, binding);
  change(run, binding);
  await prover.store(run);
  const runId = started.run?.id ?? '';
  await prover.commit(await prover.commitRequests(runId, run), started.window);
  await prover.finish(runId, run);
  return runId;
}

/** As {@link commitRun}, and waits for the verdict. */
export async function decideRun(
  prover: ToyProver,
  manifest: Manifest,
  change?: (run: TrainedRun, binding: RunBinding) => void,
): Promise<Run> {
  return prover.decided(await commitRun(prover, manifest, change));
}

/** Falsifies the state after `segment`, and mends the chain so that only a replay can tell. */
export function spliceState(run: TrainedRun, segment: number, binding: RunBinding): void {
  const honest = run.segments[segment];
  if (honest === undefined) throw new Error('There is no such segment');
  const state = decodeState(honest.state);
  const weights = state.tensors.get('weights')?.data as Float32Array;
  weights[1] = (weights[1] ?? 0) + 0.25;
  const bytes = encodeState(state);
  run.segments[segment] = { ...honest, state: bytes, stateHash: stateHash(bytes) };
  rechain(run, binding);
}

/** Makes the chain of a run anew, so that only a replay can tell what was falsified. */
export function rechain(run: TrainedRun, { commitment, seed }: RunBinding): void {
  let chain = chainStart(commitment, seed, run.initialStateHash);
  for (const [index, segment] of run.segments.entries()) {
    chain = chainNext(chain, segment.stateHash, segment.readsDigest);
    run.segments[index] = { ...segment, chain };
  }
}

/** Ids of the replayer processes that a program has started. */
export function replayerPids(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name) && isReplayerOf(name, parent))
    .map(Number);
}

/** The prover of a test need not work as long as the replay: `work` has no effect on what is computed. */
function withoutWork(manifest: Manifest): Manifest {
  return { ...manifest, plan: { ...manifest.plan, values: { ...manifest.plan.values, work: 1 } } };
}

function isReplayerOf(pid: string, parent: number): boolean {
  try {
    const isReplayer = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('replayer-main.js');
    return isReplayer && readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3] === String(parent);
  } catch {
    return false;
  }
}
