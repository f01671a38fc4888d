import { createHash } from 'node:crypto';
import { failure } from '../errors/isthmus-error.js';

/** SHA-256 of bytes, 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Boundary: a digest may come from a request and becomes part of a path or of a key, so anything but 64 hexadecimal
 * digits is refused with FIELD_INVALID.
 */
export function requireDigest(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw failure(
      'FIELD_INVALID',
      'An object is named by the 64 lower-case hexadecimal digits of its SHA-256.',
      {
        metadata: { field: 'sha256', rule: 'string.pattern' },
      },
    );
  }
  return sha256;
}

/** Returns the bytes where they have the digest, and throws OBJECT_DIGEST_MISMATCH otherwise. */
export function requireContent(sha256: string, bytes: Uint8Array): Uint8Array {
  const actual = sha256Hex(bytes);
  if (actual !== sha256) throw digestMismatch(sha256, actual);
  return bytes;
}

/** The error of an object that the store does not hold. */
export function objectNotFound(sha256: string, cause?: unknown): Error {
  return failure('OBJECT_NOT_FOUND', `The store holds no object ${sha256}; upload it and repeat the call.`, {
    metadata: { sha256 },
    cause,
  });
}

/** The error of bytes that have another digest than was announced. */
export function digestMismatch(expected: string, actual: string): Error {
  return failure(
    'OBJECT_DIGEST_MISMATCH',
    `The object was announced as ${expected} and its bytes hash to ${actual}; transfer it again.`,
    { metadata: { expected, actual } },
  );
}

/** The error of an object that is larger than it may be. */
export function objectTooLarge(limitBytes: number): Error {
  return failure('MESSAGE_TOO_LARGE', `An object may have at most ${limitBytes} bytes.`, {
    metadata: { limitBytes: String(limitBytes) },
  });
}
