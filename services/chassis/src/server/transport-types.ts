import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';

/** A status as grpc-js passes it on; code, details and metadata may each be missing. */
export type PartialStatus = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

/** What grpc-js calls with the events of a call. */
export type CallListener = Parameters<ServerInterceptingCallInterface['start']>[0];
