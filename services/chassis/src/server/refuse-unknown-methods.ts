import type { Server, ServerDuplexStream } from '@grpc/grpc-js';
import { failure } from '../errors/isthmus-error.js';
import { toServiceError } from '../errors/service-error.js';
import { contractSchema } from '../validation/contract-schema.js';

/**
 * Registers every method of the contracts that a server does not offer, so that calls to it learn METHOD_NOT_FOUND
 * and where to go. Methods outside the contracts get gRPC's bare UNIMPLEMENTED.
 */
export function refuseUnknownMethods(server: Server, offered: ReadonlySet<string>): void {
  for (const { path } of contractSchema().methods.values()) {
    if (offered.has(path)) continue;
    const refuse = (call: ServerDuplexStream<Buffer, Buffer>) => {
      const message = `${path.slice(1)} is not offered on this port. Admin methods have a port of their own.`;
      call.emit(
        'error',
        toServiceError(failure('METHOD_NOT_FOUND', message, { metadata: { method: path.slice(1) } })),
      );
    };
    // Registered as a stream, whatever the method's own kind is: then it is answered before its request has arrived.
    server.register(path, refuse, identity, identity, 'bidi');
  }
}

function identity(bytes: Buffer): Buffer {
  return bytes;
}
