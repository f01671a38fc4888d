import { IsthmusError } from '@isthmus/chassis';

/** Canonical codes of failures that pass: DEADLINE_EXCEEDED, ABORTED, INTERNAL (a broken connection) and UNAVAILABLE. */
const passingCodes = new Set([4, 10, 13, 14]);

/** A service that restarts is waited for about this long before the run fails; its checkpoints stay. */
const PAUSES_MS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 10_000, 10_000, 10_000];

/** Repeats an action while its failures may pass, with pauses between. Throws the last failure. */
export async function untilItPasses<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      const pauseMs = PAUSES_MS[attempt];
      if (pauseMs === undefined || !mayPass(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Whether the same call may succeed later. */
function mayPass(error: unknown): boolean {
  return error instanceof IsthmusError && passingCodes.has(error.code);
}
