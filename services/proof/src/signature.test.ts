import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { sha256Hex } from './hash.js';
import {
  generateSigningKey,
  publicKeyId,
  publicKeyPem,
  publicKeySpki,
  signingKeyFromPem,
  signMessage,
  verifySignature,
} from './signature.js';

const key = generateSigningKey();
const message = Buffer.from('message');
const invalidKey = expect.objectContaining({ code: 'KEY_INVALID' });

describe('signMessage', () => {
  it('is verified with the key as PEM and as DER', () => {
    const signature = signMessage(key, message);
    expect(verifySignature(key.publicKeyPem, message, signature)).toBe(true);
    expect(verifySignature(key.publicKeySpki, message, signature)).toBe(true);
    expect(verifySignature(key.publicKeySpki, Buffer.from('massage'), signature)).toBe(false);
    expect(verifySignature(generateSigningKey().publicKeyPem, message, signature)).toBe(false);
    expect(verifySignature(key.publicKeyPem, message, new Uint8Array(3))).toBe(false);
    expect(verifySignature(key.publicKeyPem, message, new Uint8Array(0))).toBe(false);
  });
});

describe('signingKeyFromPem', () => {
  it('gives the same key back', () => {
    const again = signingKeyFromPem(key.privateKeyPem);
    expect([again.keyId, again.publicKeyPem]).toEqual([key.keyId, key.publicKeyPem]);
  });

  it('refuses other curves and kinds of keys, and what is no key', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const ed25519 = generateKeyPairSync('ed25519').privateKey;
    for (const other of [p384, ed25519]) {
      expect(() => signingKeyFromPem(other.export({ format: 'pem', type: 'pkcs8' }) as string)).toThrow(
        invalidKey,
      );
    }
    expect(() => signingKeyFromPem('no key')).toThrow(invalidKey);
  });
});

describe('publicKeyId', () => {
  it('is the SHA-256 of the SubjectPublicKeyInfo, whatever the form', () => {
    expect(publicKeyId(key.publicKeyPem)).toBe(sha256Hex(key.publicKeySpki));
    expect(publicKeyId(key.publicKeySpki)).toBe(key.keyId);
    expect(toHex(publicKeySpki(publicKeyPem(key.publicKeySpki)))).toBe(toHex(key.publicKeySpki));
  });

  it('refuses what is no key', () => {
    expect(() => publicKeyId('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')).toThrow(
      invalidKey,
    );
    expect(() => publicKeyId(new Uint8Array(91))).toThrow(invalidKey);
  });
});
