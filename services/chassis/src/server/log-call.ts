import { status } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { toIsthmusError } from '../errors/to-isthmus-error.js';
import type { CallObserver } from './call-tracker.js';

/** Which calls get a line in the log. */
export type RequestLog = 'all' | 'errors' | 'off';

/** Health and reflection: asked every few seconds by machines, and of no interest while they are answered. */
const probePrefix = '/grpc.';

/** Codes that say that the server is at fault: their causes are logged. */
const serverFaults: ReadonlySet<status> = new Set([
  status.UNKNOWN,
  status.INTERNAL,
  status.DATA_LOSS,
  status.UNAVAILABLE,
]);

/**
 * Writes a line for a call: method, code, reason, duration and peer, and of a refused caller its identity; nothing of the request and nothing of the user.
 * Faults of the server come with their cause and stack, whatever the setting says.
 */
export function logCalls(logger: Logger, requests: RequestLog): CallObserver {
  return (record, ended, durationMs) => {
    const code = ended.code ?? status.UNKNOWN;
    const error = record.error;
    const isFault = serverFaults.has(code) && error?.reason !== 'DRAINING';
    if (!isFault && (requests === 'off' || (requests === 'errors' && code === status.OK))) return;
    const line = {
      method: record.method.slice(1),
      code: status[code],
      ...(error ? { reason: error.reason } : record.abortReason ? { reason: record.abortReason.reason } : {}),
      ...(error?.metadata.identity ? { identity: error.metadata.identity } : {}),
      durationMs: Math.round(durationMs * 1000) / 1000,
      peer: record.peer,
    };
    if (!isFault) logger[record.method.startsWith(probePrefix) ? 'debug' : 'info'](line, 'call');
    else if (error) {
      const known = toIsthmusError(error);
      const incident = known.metadata.incident;
      logger.error({ ...line, ...(incident ? { incident } : {}), err: known.cause ?? known }, 'call failed');
    } else logger.error(line, 'call failed');
  };
}
