import { concatBytes, fromBase64, toBase64, toUtf8 } from './bytes.js';
import { JsonFields } from './json-fields.js';
import type { Json, JsonObject } from './program.js';
import { ProofError } from './proof-error.js';
import {
  type PublicKeyInput,
  publicKeyId,
  type SigningKey,
  signMessage,
  verifySignature,
} from './signature.js';

/** One signature of an envelope. */
export interface EnvelopeSignature {
  /** Which key may have made it. Unauthenticated: it decides nothing. */
  readonly keyid: string;
  /** ECDSA P-256 with SHA-256 over the pre-authentication encoding, DER. */
  readonly signature: Uint8Array;
}

/** A DSSE envelope (secure-systems-lab/dsse, protocol version 1). */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

/** The payload of an envelope, once signatures by trusted keys have been verified over these very bytes. */
export interface VerifiedPayload {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** Ids of the trusted keys that signed, each once, at least one. */
  readonly keyIds: readonly string[];
}

/** Most signatures of an envelope. */
export const maxEnvelopeSignatures = 16;

/** What is signed: `"DSSEv1" SP size SP type SP size SP payload`, sizes in bytes as decimals. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = toUtf8(payloadType, 'ENVELOPE_MALFORMED');
  const header = Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `, 'utf8');
  return concatBytes(header, payload);
}

/** An envelope signed by every key given. */
export function signEnvelope(
  payloadType: string,
  payload: Uint8Array,
  ...keys: readonly SigningKey[]
): Envelope {
  const message = preAuthenticationEncoding(payloadType, payload);
  const signatures = keys.map((key) => ({ keyid: key.keyId, signature: signMessage(key, message) }));
  return { payloadType, payload, signatures };
}

/** The envelope as JSON. */
export function envelopeJson({ payloadType, payload, signatures }: Envelope): JsonObject {
  return {
    payload: toBase64(payload),
    payloadType,
    signatures: signatures.map(({ keyid, signature }) => ({ keyid, sig: toBase64(signature) })),
  };
}

/** Reads an envelope from strictly parsed JSON; unknown members are ignored, as DSSE asks. Throws `ENVELOPE_MALFORMED`. */
export function parseEnvelopeJson(json: Json | undefined): Envelope {
  const fields = new JsonFields(json, 'ENVELOPE_MALFORMED', 'envelope');
  const signatures = fields.array('signatures').map((value, index) => {
    const signature = new JsonFields(value, 'ENVELOPE_MALFORMED', `envelope.signatures[${index}]`);
    return {
      keyid: signature.has('keyid') ? signature.text('keyid', /^[\s\S]{0,1024}$/) : '',
      signature: base64(signature.text('sig', anyText)),
    };
  });
  if (signatures.length === 0 || signatures.length > maxEnvelopeSignatures) {
    fields.fail('signatures', `expected 1 to ${maxEnvelopeSignatures}`);
  }
  return {
    payloadType: fields.text('payloadType', /^[\s\S]{1,1024}$/),
    payload: base64(fields.text('payload', anyText)),
    signatures,
  };
}

/**
 * Verifies an envelope against trusted keys. Whatever is done with the payload must be done with the returned bytes.
 * Throws `SIGNATURE_INVALID`, or `KEY_UNKNOWN` where the envelope names other keys only; `KEY_INVALID` on a trusted key
 * that cannot be used.
 */
export function verifyEnvelope(envelope: Envelope, trustedKeys: readonly PublicKeyInput[]): VerifiedPayload {
  const { payloadType, payload, signatures } = envelope;
  const message = preAuthenticationEncoding(payloadType, payload);
  const trustedIds = trustedKeys.map(publicKeyId);
  // Every key is tried on every signature: which key a signature names is the sender's word.
  const keyIds = trustedIds.filter((_, index) =>
    signatures.some(({ signature }) =>
      verifySignature(trustedKeys[index] as PublicKeyInput, message, signature),
    ),
  );
  if (keyIds.length > 0) return { payloadType, payload, keyIds: [...new Set(keyIds)] };
  if (signatures.some(({ keyid }) => keyid === '' || trustedIds.includes(keyid))) {
    throw new ProofError('SIGNATURE_INVALID', 'no signature of the envelope holds for a trusted key');
  }
  throw new ProofError('KEY_UNKNOWN', 'the envelope is signed by keys that are not trusted here');
}

const anyText = /^[\s\S]*$/;

function base64(text: string): Uint8Array {
  return fromBase64(text, 'ENVELOPE_MALFORMED', true);
}
