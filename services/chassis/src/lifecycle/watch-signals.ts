import type { Logger } from 'pino';
import type { Lifecycle } from './lifecycle.js';

/** Exit codes by convention: 128 and the number of the signal. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * SIGTERM and SIGINT ask the program to stop; a second one ends it at once. What nobody caught is logged and ends
 * it with 1: its state is not to be trusted.
 */
export function watchSignals(lifecycle: Lifecycle, logger: Logger): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (lifecycle.signal.aborted) {
        logger.warn({ signal }, 'second signal: ending at once');
        process.exit(exitCodes[signal]);
      }
      lifecycle.requestStop(signal);
    });
  }
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'nobody caught this; ending');
    process.exit(1);
  });
}
