export { ProofError, type VerifiedAttestation, verifyAttestation } from '@isthmus/proof';
export type { CallOptions } from './call.js';
export type { Pem, ProtectionOptions, TlsOptions } from './connection-credentials.js';
export { errorFromStatus, type FieldViolation, IsthmusError } from './error.js';
export { DEFAULT_DEADLINE_MS, IsthmusClient, type IsthmusClientOptions } from './isthmus-client.js';
export type { PartialMessage, PromiseClient } from './promise-client.js';
export { fromMatrix, fromVector, toVector } from './vector.js';
