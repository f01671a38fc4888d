import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  type Envelope,
  envelopeJson,
  parseEnvelopeJson,
  preAuthenticationEncoding,
  signEnvelope,
  verifyEnvelope,
} from './dsse.js';
import type { Json } from './program.js';
import { generateSigningKey } from './signature.js';

const [key, other] = [generateSigningKey(), generateSigningKey()];
const failing = (code: string): unknown => expect.objectContaining({ code });

// The example of the DSSE protocol. Its signature is r || s; ours are the same two numbers in DER.
const published = {
  type: 'http://example.com/HelloWorld',
  payload: Buffer.from('hello world'),
  x: 46950820868899156662930047687818585632848591499744589407958293238635476079160n,
  y: 5640078356564379163099075877009565129882514886557779369047442380624545832820n,
  signature: 'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==',
};

describe('preAuthenticationEncoding', () => {
  it('is the published one', () => {
    expect(Buffer.from(preAuthenticationEncoding(published.type, published.payload)).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('counts bytes and not characters', () => {
    expect(Buffer.from(preAuthenticationEncoding('\u00e9', Buffer.from('\u20ac'))).toString()).toBe(
      'DSSEv1 2 \u00e9 3 \u20ac',
    );
  });
});

describe('verifyEnvelope', () => {
  it('verifies the published signature', () => {
    const coordinate = (value: bigint): string =>
      Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(published.x), y: coordinate(published.y) };
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({
      format: 'pem',
      type: 'spki',
    }) as string;
    const signature = derOf(Buffer.from(published.signature, 'base64'));
    const envelope = {
      payloadType: published.type,
      payload: published.payload,
      signatures: [{ keyid: '', signature }],
    };
    expect(verifyEnvelope(envelope, [pem]).keyIds).toHaveLength(1);
    expect(() => verifyEnvelope({ ...envelope, payloadType: 'x' }, [pem])).toThrow(
      failing('SIGNATURE_INVALID'),
    );
  });

  const envelope = signEnvelope('type', Buffer.from('payload'), key);

  it('tells which trusted keys signed, each once', () => {
    const twice = signEnvelope('type', Buffer.from('payload'), key, other, key);
    expect(verifyEnvelope(twice, [key.publicKeyPem, other.publicKeyPem, key.publicKeySpki]).keyIds).toEqual([
      key.keyId,
      other.keyId,
    ]);
    expect(verifyEnvelope(twice, [other.publicKeyPem]).keyIds).toEqual([other.keyId]);
  });

  it('does not let the key id decide', () => {
    const [signature] = envelope.signatures;
    const renamed: Envelope = {
      ...envelope,
      signatures: [{ signature: signature!.signature, keyid: other.keyId }],
    };
    expect(verifyEnvelope(renamed, [key.publicKeyPem]).keyIds).toEqual([key.keyId]);
    expect(() => verifyEnvelope(renamed, [other.publicKeyPem])).toThrow(failing('SIGNATURE_INVALID'));
  });

  it('refuses unknown keys, changed payloads and an absence of trust', () => {
    expect(() => verifyEnvelope(envelope, [other.publicKeyPem])).toThrow(failing('KEY_UNKNOWN'));
    expect(() => verifyEnvelope(envelope, [])).toThrow(failing('KEY_UNKNOWN'));
    expect(() =>
      verifyEnvelope({ ...envelope, payload: Buffer.from('Payload') }, [key.publicKeyPem]),
    ).toThrow(failing('SIGNATURE_INVALID'));
    expect(() => verifyEnvelope(envelope, ['no key'])).toThrow(failing('KEY_INVALID'));
  });
});

describe('parseEnvelopeJson', () => {
  const json = { payload: 'aGk=', payloadType: 't', signatures: [{ sig: 'AAAA' }] };

  it('reads its own form, both alphabets of base64, and ignores unknown members', () => {
    const envelope = signEnvelope('type', Uint8Array.of(0xfb, 0xff), key);
    expect(envelopeJson(parseEnvelopeJson(envelopeJson(envelope)))).toEqual(envelopeJson(envelope));
    expect([...parseEnvelopeJson({ ...json, payload: '-_8=', later: 1 }).payload]).toEqual([0xfb, 0xff]);
    expect(parseEnvelopeJson(json).signatures[0]?.keyid).toBe('');
  });

  it.each<[string, Json | undefined]>([
    ['nothing', undefined],
    ['an array', []],
    ['no payload', { ...json, payload: null }],
    ['a malformed payload', { ...json, payload: 'a' }],
    ['base64 with bits to spare', { ...json, payload: 'aGl=' }],
    ['no signatures', { ...json, signatures: [] }],
    ['too many signatures', { ...json, signatures: Array.from({ length: 17 }, () => ({ sig: 'AAAA' })) }],
    ['a signature that is no object', { ...json, signatures: ['AAAA'] }],
    ['a key id that is no text', { ...json, signatures: [{ sig: 'AAAA', keyid: 1 }] }],
    ['no payload type', { ...json, payloadType: '' }],
  ])('refuses %s', (_, value) => {
    expect(() => parseEnvelopeJson(value)).toThrow(failing('ENVELOPE_MALFORMED'));
  });
});

/** ASN.1 DER of a signature given as r || s. */
function derOf(raw: Uint8Array): Uint8Array {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((bytes) => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const digits = [...bytes.subarray(start)];
    if (digits[0]! >= 0x80) digits.unshift(0);
    return [2, digits.length, ...digits];
  });
  const content = integers.flat();
  return Uint8Array.of(0x30, content.length, ...content);
}
