import { status } from '@grpc/grpc-js';
import { failure, IsthmusError } from '../errors/isthmus-error.js';
import { reasonOfCode } from '../errors/status-proto.js';
import { toIsthmusError } from '../errors/to-isthmus-error.js';
import type { PartialStatus } from './transport-types.js';

/**
 * Gives a status that grpc-js sends by itself the reason of our contract. Where the code alone does not say what
 * happened, its wording does (grpc-js 1.14.7, server-interceptors.ts); tests hold each of them.
 */
export function explainStatus(sent: PartialStatus, maxMessageBytes: number): IsthmusError {
  const details = sent.details ?? '';
  const code = sent.code ?? status.UNKNOWN;
  const limitBytes = String(maxMessageBytes);
  switch (code) {
    case status.RESOURCE_EXHAUSTED:
      if (/^Received message/.test(details))
        return failure(
          'MESSAGE_TOO_LARGE',
          `The request is larger than ${limitBytes} bytes. Send smaller batches.`,
          {
            metadata: { limitBytes, side: 'request' },
          },
        );
      if (/^Sent message/.test(details))
        return failure(
          'MESSAGE_TOO_LARGE',
          `The answer is larger than ${limitBytes} bytes. Ask for less at a time.`,
          {
            metadata: { limitBytes, side: 'response' },
          },
        );
      break;
    case status.DEADLINE_EXCEEDED:
      return failure(
        'DEADLINE_EXCEEDED',
        'The deadline passed before the answer was ready. Allow more time.',
      );
    case status.INTERNAL:
      if (/^Error deserializing request|decompress/.test(details))
        return failure('FIELD_INVALID', 'The request is no message of the type that the method takes.', {
          metadata: { field: '', rule: 'decodable' },
          violations: [
            { field: '', rule: 'decodable', description: 'must be an encoded request of the method' },
          ],
        });
      if (/grpc-timeout/.test(details))
        return failure(
          'DEADLINE_REQUIRED',
          'The deadline of the call cannot be read. Send grpc-timeout as gRPC defines it.',
        );
      return toIsthmusError(new Error(details));
  }
  return new IsthmusError(code, reasonOfCode(code), details);
}
