import type { MethodTable } from '../server/bind-service.js';
import { contractSchema } from '../validation/contract-schema.js';

/** Names of methods that read and change nothing begin so. */
const readingPrefixes = ['Get', 'List', 'Retrieve', 'Predict', 'Represent', 'Batch', 'Score', 'Verify'];

/** The one method of health that is called once and answered once. */
const healthCheck = '/grpc.health.v1.Health/Check';

/**
 * Whether a call may be made twice without harm: methods that only read, and methods that change something under a
 * `request_id`, which the client fills in where the caller did not (AIP-155). Streams are never repeated.
 */
export function isSafeToRetry(method: MethodTable[string]): boolean {
  if (method.requestStream || method.responseStream) return false;
  return method.path === healthCheck || reads(method.path) || hasRequestId(method.path);
}

/** Whether the requests of a method carry a `request_id`. */
export function hasRequestId(path: string): boolean {
  return (
    contractSchema()
      .methods.get(path)
      ?.input.fields.some(({ name }) => name === 'request_id') ?? false
  );
}

function reads(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return contractSchema().methods.has(path) && readingPrefixes.some((prefix) => name.startsWith(prefix));
}
