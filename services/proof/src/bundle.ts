import { fromHex, toBase64 } from './bytes.js';
import { canonicalJson, parseStrictJson } from './canonical-json.js';
import { type Envelope, envelopeJson, parseEnvelopeJson } from './dsse.js';
import { JsonFields } from './json-fields.js';
import type { Json } from './program.js';
import { ProofError } from './proof-error.js';

/** Media type of a Sigstore bundle, version 0.3. */
export const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Largest bundle in bytes. */
export const maxBundleBytes = 262_144;

/** A Sigstore bundle whose key is named and not certified. */
export interface Bundle {
  /** Base64 of the SHA-256 of the key's SubjectPublicKeyInfo. Unauthenticated: it decides nothing. */
  readonly keyHint: string;
  readonly envelope: Envelope;
}

/** The bundle as JSON that any Sigstore client reads. The hint names the key of the first signature. */
export function encodeBundle(envelope: Envelope): Uint8Array {
  const [first] = envelope.signatures;
  if (first === undefined) throw new ProofError('BUNDLE_MALFORMED', 'a bundle holds a signed envelope');
  const bytes = canonicalJson({
    mediaType: bundleMediaType,
    verificationMaterial: {
      publicKey: { hint: toBase64(fromHex(first.keyid, 'BUNDLE_MALFORMED')) },
      tlogEntries: [],
    },
    dsseEnvelope: envelopeJson(envelope),
  });
  if (bytes.length > maxBundleBytes)
    throw new ProofError('BUNDLE_MALFORMED', `more than ${maxBundleBytes} bytes`);
  return bytes;
}

/**
 * Reads a bundle that was received. Refuses other media types, certificates, message signatures, unknown members and
 * everything that strict JSON refuses. Throws `BUNDLE_MALFORMED`.
 */
export function parseBundle(bytes: Uint8Array): Bundle {
  try {
    return bundleOf(parseStrictJson(bytes, { maxBytes: maxBundleBytes, maxDepth: 8 }));
  } catch (cause) {
    if (!(cause instanceof ProofError) || cause.code === 'BUNDLE_MALFORMED') throw cause;
    throw new ProofError('BUNDLE_MALFORMED', `bundle: ${cause.message}`, { cause });
  }
}

function bundleOf(json: Json): Bundle {
  const fields = new JsonFields(json, 'BUNDLE_MALFORMED', 'bundle');
  fields.only('mediaType', 'verificationMaterial', 'dsseEnvelope');
  fields.word('mediaType', [bundleMediaType]);
  const material = fields.object('verificationMaterial');
  // Entries of other logs and timestamps may be there; they are not what this package verifies.
  material.only('publicKey', 'tlogEntries', 'timestampVerificationData');
  const keyHint = material
    .object('publicKey')
    .only('hint')
    .text('hint', /^[\s\S]{0,1024}$/);
  return { keyHint, envelope: parseEnvelopeJson(fields.value('dsseEnvelope')) };
}
