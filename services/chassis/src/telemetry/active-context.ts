import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/**
 * Lets the active span follow the code through promises and callbacks. Set once for a process, by the first telemetry that
 * traces: where nothing is traced, nothing is paid for it.
 */
export function activateContext(): void {
  const manager = new AsyncLocalStorageContextManager().enable();
  // A second manager is refused, and the first one stays.
  if (!context.setGlobalContextManager(manager)) manager.disable();
}
