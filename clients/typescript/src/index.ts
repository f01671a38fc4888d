export { ProofError, type VerifiedAttestation, verifyAttestation } from '@isthmus/proof';
export type { CallOptions } from './call.js';
export { errorFromStatus, type FieldViolation, IsthmusError } from './error.js';
export { DEFAULT_DEADLINE_MS, IsthmusClient, type IsthmusClientOptions } from './isthmus-client.js';
export type { PartialMessage, PromiseClient } from './promise-client.js';
export { fromMatrix, fromVector, toVector } from './vector.js';
