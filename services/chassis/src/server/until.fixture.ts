import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for what another part does in its own time, however busy the machine is.
 *
 * @param whatFor names it in the error
 * @throws Error when it has not happened within 60 s
 */
export async function until(
  whatFor: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  for (const last = performance.now() + timeoutMs; performance.now() < last; await sleep(5)) {
    if (await condition()) return;
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${whatFor}`);
}
