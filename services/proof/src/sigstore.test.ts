import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { sha256 } from './hash.js';
import { publicKeySpki } from './signature.js';

const golden = JSON.parse(
  readFileSync(new URL('../golden/v1/attestation.json', import.meta.url), 'utf8'),
) as { publicKeyPem: string; bundle: string };

/** Verifies a bundle with the code of the Sigstore project, which knows nothing of ours. Returns the hint of the key. */
function verifyWithSigstore(bundle: unknown): string {
  let named = '';
  const root = { mediaType: '', tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
  const trust = toTrustMaterial(root, (hint) => {
    named = hint;
    return { publicKey: createPublicKey(golden.publicKeyPem), validFor: () => true };
  });
  const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
  return named;
}

describe('a bundle', () => {
  it('verifies with the Sigstore client, which finds the key by its hint', () => {
    const hint = verifyWithSigstore(JSON.parse(golden.bundle));
    expect(hint).toBe(Buffer.from(sha256(publicKeySpki(golden.publicKeyPem))).toString('base64'));
  });

  it('is refused by the Sigstore client once a byte of the statement has changed', () => {
    const bundle = JSON.parse(golden.bundle);
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64');
    payload[50]! ^= 1;
    bundle.dsseEnvelope.payload = payload.toString('base64');
    expect(() => verifyWithSigstore(bundle)).toThrow(/signature/);
  });
});
