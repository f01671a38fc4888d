import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a check until it holds, for what another process does in its own time. Rejects with the last failure. */
export async function eventually(check: () => Promise<void>, timeoutMs = 60_000): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(50);
    }
  }
}
