import { taggedHash } from '@isthmus/proof';

/**
 * Seed of a run that nobody attests, 32 bytes: `SHA-256("isthmus/local-seed/v1" || 0x00 || u64 number)`, little-endian.
 * @param number 0 to 2^53 - 1
 */
export function localSeed(number: number): Uint8Array {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`the seed ${number} is not a whole number from 0`);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number), true);
  return taggedHash('isthmus/local-seed/v1', bytes);
}
