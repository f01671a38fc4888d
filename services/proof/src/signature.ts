import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { sha256Hex } from './hash.js';
import { ProofError } from './proof-error.js';

/** A private key for manifests and attestations: ECDSA on P-256. */
export interface SigningKey {
  /** PKCS #8, PEM. A secret. */
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicKeyPem: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeySpki: Uint8Array;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly keyId: string;
}

/** A public key: PEM text or the DER of a SubjectPublicKeyInfo. */
export type PublicKeyInput = string | Uint8Array;

/** A new key from the system's randomness. */
export function generateSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}

/** The key that a PKCS #8 PEM holds. Throws `KEY_INVALID` on anything but P-256. */
export function signingKeyFromPem(privateKeyPem: string): SigningKey {
  try {
    return signingKeyOf(createPrivateKey(privateKeyPem));
  } catch (cause) {
    throw asKeyInvalid(cause);
  }
}

/** Identity of a public key: SHA-256 of its SubjectPublicKeyInfo, hexadecimal. Throws `KEY_INVALID`. */
export function publicKeyId(publicKey: PublicKeyInput): string {
  return sha256Hex(publicKeySpki(publicKey));
}

/** SubjectPublicKeyInfo in DER. Throws `KEY_INVALID` on anything but P-256. */
export function publicKeySpki(publicKey: PublicKeyInput): Uint8Array {
  return spkiOf(publicKeyObject(publicKey));
}

/** SubjectPublicKeyInfo in PEM. Throws `KEY_INVALID` on anything but P-256. */
export function publicKeyPem(publicKey: PublicKeyInput): string {
  return pemOf(publicKeyObject(publicKey));
}

/** ECDSA with SHA-256 over the message, DER. Two signatures of one message differ. */
export function signMessage(key: SigningKey, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', message, key.privateKeyPem));
}

/** Whether `signature` (DER) is one of `publicKey` over the message. Throws `KEY_INVALID` on an unusable key only. */
export function verifySignature(
  publicKey: PublicKeyInput,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = publicKeyObject(publicKey);
  try {
    return verify('sha256', message, key, signature);
  } catch {
    return false;
  }
}

function publicKeyObject(input: PublicKeyInput): KeyObject {
  try {
    const key =
      typeof input === 'string'
        ? createPublicKey(input)
        : createPublicKey({ key: Buffer.from(input), format: 'der', type: 'spki' });
    return requireP256(key);
  } catch (cause) {
    throw asKeyInvalid(cause);
  }
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  requireP256(privateKey);
  const publicKey = createPublicKey(privateKey);
  const spki = spkiOf(publicKey);
  return {
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
    publicKeyPem: pemOf(publicKey),
    publicKeySpki: spki,
    keyId: sha256Hex(spki),
  };
}

function requireP256(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new ProofError('KEY_INVALID', 'expected an elliptic-curve key on P-256');
  }
  return key;
}

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }) as Buffer);
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'spki' }) as string;
}

function asKeyInvalid(cause: unknown): ProofError {
  if (cause instanceof ProofError) return cause;
  return new ProofError('KEY_INVALID', 'the key cannot be read: expected PEM or DER of a P-256 key', {
    cause,
  });
}
