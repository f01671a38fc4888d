import { status } from '@grpc/grpc-js';
import type { TelemetryAttributes } from './attribute-schema.js';

/**
 * Names of the semantic conventions for gRPC (OpenTelemetry semantic conventions 1.45, RPC spans and metrics): spans are
 * named after `rpc.method`, the status is written by name, and only some statuses are errors of a server.
 */

/** Bounds of the duration histograms in seconds, as the conventions advise them. */
export const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const serverErrors = new Set<status>([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** `package.Service/Method` of a path `/package.Service/Method`. */
export function rpcMethod(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}

/** Calls that probes make all the time and that nobody wants to see in a trace. */
export function isProbe(path: string): boolean {
  return path.startsWith('/grpc.health.') || path.startsWith('/grpc.reflection.');
}

/** Name of a status, `OK` for 0. */
function statusName(code: status): string {
  return status[code] ?? String(code);
}

/** Whether the side that writes the span sees a failure in this status. */
export function isRpcError(side: 'server' | 'client', code: status): boolean {
  return side === 'client' ? code !== status.OK : serverErrors.has(code);
}

/** Attributes of a finished call. */
export function rpcAttributes(side: 'server' | 'client', method: string, code: status): TelemetryAttributes {
  const name = statusName(code);
  return {
    'rpc.system.name': 'grpc',
    'rpc.method': method,
    'rpc.status_code': name,
    ...(isRpcError(side, code) ? { 'error.type': name } : {}),
  };
}

/** Host and port of `host:port`, `[v6]:port` or a target with a scheme; nothing where it is not one address. */
export function serverAttributes(target: string | undefined): TelemetryAttributes {
  const match = /^(?:[a-z]+:(?:\/\/[^/]*\/)?)?(\[[^\]]+\]|[^:,/]+):(\d+)$/.exec(target ?? '');
  return match ? { 'server.address': match[1], 'server.port': Number(match[2]) } : {};
}
