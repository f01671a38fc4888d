import { setTimeout as sleep } from 'node:timers/promises';
import type { Replica } from './replica-set.js';

/** Time in which a share is looked at, in milliseconds. */
const windowMs = 1000;

/** Times at which a replica answered calls of a method with OK, from its own log: Unix time in milliseconds, ascending. */
export function answeredCalls({ program }: Replica, method: string): number[] {
  const times: number[] = [];
  for (const line of program.log.split('\n')) {
    if (!line.includes(method)) continue;
    const call = parsed(line);
    if (call?.msg === 'call' && call.method === method && call.code === 'OK') times.push(call.time);
  }
  return times;
}

/** Share of each replica in the calls of a method that were answered in a span of time, in the order given. */
export function shares(
  replicas: readonly Replica[],
  method: string,
  { fromMs, untilMs = Number.POSITIVE_INFINITY }: { fromMs: number; untilMs?: number },
): number[] {
  const counts = replicas.map(
    (replica) => answeredCalls(replica, method).filter((time) => time >= fromMs && time < untilMs).length,
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

/**
 * Waits until a replica has answered at least a share of the last second's calls, while a load is on.
 * @returns seconds from `fromMs` until then
 * @throws Error after `timeoutMs`
 */
export async function secondsUntilShare(
  newcomer: Replica,
  replicas: readonly Replica[],
  method: string,
  { share, fromMs, timeoutMs }: { share: number; fromMs: number; timeoutMs: number },
): Promise<number> {
  const index = replicas.indexOf(newcomer);
  for (;;) {
    const nowMs = Date.now();
    const seen = shares(replicas, method, { fromMs: Math.max(fromMs, nowMs - windowMs) })[index] ?? 0;
    if (seen >= share) return (nowMs - fromMs) / 1000;
    if (nowMs > fromMs + timeoutMs)
      throw new Error(`the new replica has ${Math.round(100 * seen)} % of the calls after ${timeoutMs} ms`);
    await sleep(250);
  }
}

interface CallLine {
  readonly msg: string;
  readonly method: string;
  readonly code: string;
  readonly time: number;
}

/** A line that is still being written is none yet. */
function parsed(line: string): CallLine | undefined {
  try {
    return JSON.parse(line) as CallLine;
  } catch {
    return undefined;
  }
}
