/** Limits that server and client share, so that neither sends what the other refuses. */

/** Largest message either side accepts, in bytes: gRPC's own default, stated so that both sides agree. */
export const maxMessageBytes = 4 * 1024 * 1024;

/**
 * Time between two probes of a connection with calls in flight, in milliseconds. grpc-js drops the calls of a connection
 * whose probe meets a server that has said goodbye (grpc-node issue 3068; keepalive.test.ts shows it), so it is longer than
 * any grace: at most one probe falls into a goodbye, and only a call that is still open then is at risk. Calls that are
 * safe to repeat are repeated elsewhere; response streams are ended with DRAINING before the goodbye.
 */
export const keepaliveTimeMs = 60_000;

/** How long a probe may go unanswered, in milliseconds. */
export const keepaliveTimeoutMs = 10_000;

/** Age at which a server closes a connection gracefully, in milliseconds: clients then resolve and spread again. */
export const maxConnectionAgeMs = 30 * 60_000;

/** How long calls of a connection that has reached its age may still take, in milliseconds. */
export const maxConnectionAgeGraceMs = 30_000;

/** Deadline of a unary call that sets none, in milliseconds. */
export const defaultDeadlineMs = 10_000;
