import type { CallOptions } from '@grpc/grpc-js';
import type { Logger } from 'pino';

/** What a handler knows of the call that it answers, besides the request. */
export interface CallContext {
  /** `/package.Service/Method`. */
  readonly method: string;
  /** Time left until the deadline, in milliseconds; `Infinity` where there is none. */
  readonly deadlineMs: number;
  /**
   * Aborted when nobody waits for the answer any more: the caller went away, the deadline passed, or the server ends
   * its streams to stop. Its reason is the {@link IsthmusError} that the call ends with.
   */
  readonly signal: AbortSignal;
  /** The program's logger. */
  readonly logger: Logger;
  /** Address of the caller's end of the connection. */
  readonly peer: string;
  /** Options for calls to other services on behalf of this one: its deadline and its cancellation. */
  clientOptions(): CallOptions;
}
