import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { deriveKey, deriveSeed } from './seed.js';

const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const hmac = (key: Uint8Array, ...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(Buffer.concat(parts)).digest());

/** First 32 bytes of HKDF-SHA256 by its definition (RFC 5869 section 2). */
function hkdf(keyMaterial: Uint8Array, salt: Uint8Array, info: Uint8Array): string {
  const key = hmac(salt.length === 0 ? new Uint8Array(32) : salt, keyMaterial);
  return toHex(hmac(key, info, Uint8Array.of(1)));
}

describe('HKDF', () => {
  // RFC 5869, appendix A.1 and A.3; the first 32 of 42 bytes.
  it.each([
    [
      '000102030405060708090a0b0c',
      'f0f1f2f3f4f5f6f7f8f9',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf',
    ],
    ['', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d'],
  ])('is defined as published for the salt "%s"', (salt, info, expected) => {
    expect(hkdf(new Uint8Array(22).fill(0x0b), hex(salt), hex(info))).toBe(expected);
  });

  it('is what seeds and keys are derived by', () => {
    const [nonce, manifestDigest] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const info = Buffer.concat([Buffer.from('pol/seed/v1\0'), hex('ab'.repeat(32))]);
    const seed = deriveSeed({ nonce, manifestDigest, proverKeyId: 'ab'.repeat(32) });
    expect(toHex(seed)).toBe(hkdf(nonce, manifestDigest, info));
    expect(toHex(deriveKey(seed, 'order'))).toBe(
      hkdf(seed, new Uint8Array(0), Buffer.from('pol/key/v1\0order')),
    );
  });
});
