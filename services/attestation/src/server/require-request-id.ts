import { failure } from '@isthmus/chassis';

/**
 * Boundary: the request id becomes text of the database, which holds no zero bytes.
 * @throws FIELD_INVALID on control characters and on what is no text
 */
export function requireRequestId(requestId: string): string {
  if (!/[\p{Cc}\p{Surrogate}]/u.test(requestId)) return requestId;
  throw failure('FIELD_INVALID', 'request_id holds control characters; a UUID holds none.', {
    metadata: { field: 'request_id', rule: 'string.pattern' },
  });
}
