import { ProofError, type ProofErrorCode } from './proof-error.js';

/** The parts one after the other, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

/** Whether two arrays hold the same bytes. Not constant-time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return viewOf(bytes).toString('hex');
}

/** Bytes of lower-case hexadecimal digits. Upper case, odd lengths and anything else throw with `code`. */
export function fromHex(hex: string, code: ProofErrorCode): Uint8Array {
  if (typeof hex !== 'string' || hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) {
    throw new ProofError(code, 'expected an even number of lower-case hexadecimal digits');
  }
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** UTF-8 of well-formed text. Lone surrogates throw with `code`, since they would be replaced silently. */
export function toUtf8(text: string, code: ProofErrorCode): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new ProofError(code, 'the text holds a lone surrogate');
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** Text of valid UTF-8; a byte order mark stays in the text. Throws with `code` on anything else. */
export function fromUtf8(bytes: Uint8Array, code: ProofErrorCode): string {
  try {
    return strictDecoder.decode(bytes);
  } catch (cause) {
    throw new ProofError(code, 'the bytes are not valid UTF-8', { cause });
  }
}

/**
 * Bytes of base64 with padding; the standard alphabet, or with `urlSafe` the other one as well. Anything that would
 * not be encoded back to the same text throws with `code`, so one value has one form.
 */
export function fromBase64(text: string, code: ProofErrorCode, urlSafe = false): Uint8Array {
  const standard = urlSafe ? text.replaceAll('-', '+').replaceAll('_', '/') : text;
  const bytes = Buffer.from(standard, 'base64');
  if (bytes.toString('base64') !== standard)
    throw new ProofError(code, 'expected canonical base64 with padding');
  return new Uint8Array(bytes);
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  return viewOf(bytes).toString('base64');
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
