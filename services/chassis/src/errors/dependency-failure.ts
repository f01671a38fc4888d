import { failure, type IsthmusError } from './isthmus-error.js';

/** Codes of Node for connections that could not be made or broke. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * SQLSTATE classes for which PostgreSQL is away or full rather than asked wrongly: connection exceptions, insufficient
 * resources, operator intervention (PostgreSQL manual, appendix A).
 */
const databaseIsAway = /^(08|53|57P)/;

/** What the driver says where a connection ends under a statement; these errors carry no code. */
const brokenConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** The error of a service that this one stands on and that does not answer; undefined for any other fault. */
export function dependencyFailure(error: unknown): IsthmusError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', severity } = error as Error & { code?: unknown; severity?: unknown };
  const text = String(code);
  const ofDatabase =
    (severity !== undefined && databaseIsAway.test(text)) || brokenConnection.test(error.message);
  if (!ofDatabase && !connectionCodes.has(text)) return undefined;
  const dependency = ofDatabase ? 'database' : 'connection';
  return failure(
    'DEPENDENCY_UNAVAILABLE',
    `Something that the server stands on does not answer (${dependency}). Retry; look at its health.`,
    { metadata: { dependency }, cause: error },
  );
}
