import { createHmac } from 'node:crypto';

/**
 * Record id of a user: the first 8 bytes (big-endian) of HMAC-SHA256 under the caller's salt. Without the salt a name
 * cannot be tried against the ids; with the same salt the same name has the same id in every data set.
 *
 * @param salt at least 16 secret bytes
 * @param userId the user's name in the source
 */
export function hashUserId(salt: Uint8Array, userId: string): bigint {
  if (salt.length < 16) throw new RangeError(`a salt has at least 16 bytes, this one has ${salt.length}`);
  return createHmac('sha256', salt).update(userId, 'utf8').digest().readBigUInt64BE();
}
