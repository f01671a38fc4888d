import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { concatBytes, fromBase64, toBase64, toHex, toUtf8 } from './bytes.js';
import { ProofError } from './proof-error.js';

/** Who a note may be signed by: name, key id and an Ed25519 key (C2SP signed-note). */
export interface NoteVerifier {
  /** Name of the key, without spaces or plus. */
  readonly name: string;
  /** First four bytes of SHA-256(name || 0x0A || 0x01 || public key), 8 hexadecimal digits. */
  readonly keyId: string;
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A key that signs notes. */
export interface NoteSigner extends NoteVerifier {
  /** PKCS #8, PEM. A secret. */
  readonly privateKeyPem: string;
}

/** A note whose signatures by known keys have been verified. */
export interface OpenedNote {
  /** What was signed, with its last newline. */
  readonly text: string;
  /** Known keys that signed it, at least one. */
  readonly signedBy: readonly NoteVerifier[];
}

/** Largest note in bytes. */
export const maxNoteBytes = 65_536;
/** Most signature lines of a note. */
export const maxNoteSignatures = 64;

/** A new Ed25519 key from the system's randomness. */
export function generateNoteSigner(name: string): NoteSigner {
  return signerOf(name, generateKeyPairSync('ed25519').privateKey);
}

/** The Ed25519 key that a PKCS #8 PEM holds. Throws `KEY_INVALID`. */
export function noteSignerFromPem(name: string, privateKeyPem: string): NoteSigner {
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKeyPem);
  } catch (cause) {
    throw new ProofError('KEY_INVALID', 'the key of the note cannot be read: expected PKCS #8 in PEM', {
      cause,
    });
  }
  return signerOf(name, key);
}

/** `<name>+<key id>+<base64 of 0x01 || public key>`: how a key is handed to those who verify. */
export function formatVerifierKey({ name, keyId, publicKey }: NoteVerifier): string {
  return `${name}+${keyId}+${toBase64(concatBytes(ed25519Type, publicKey))}`;
}

/** Reads a verifier key. Throws `KEY_INVALID`, also on another signature type and on a key id that does not fit. */
export function parseVerifierKey(vkey: string): NoteVerifier {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) {
    throw new ProofError('KEY_INVALID', 'expected a verifier key: name+id+base64');
  }
  const typed = fromBase64(encoded, 'KEY_INVALID');
  if (typed.length !== 33 || typed[0] !== 1) {
    throw new ProofError('KEY_INVALID', 'the verifier key is not of the type Ed25519 (1)');
  }
  const verifier = verifierOf(name, typed.subarray(1));
  if (verifier.keyId !== keyId)
    throw new ProofError('KEY_INVALID', 'the id in the verifier key is not that of the key');
  return verifier;
}

/** Signs a text, which ends in a newline and holds no other control characters. Throws `NOTE_MALFORMED`. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  requireNoteText(text);
  const lines = signers.map((signer) => {
    const signature = sign(null, toUtf8(text, 'NOTE_MALFORMED'), signer.privateKeyPem);
    return `— ${signer.name} ${toBase64(concatBytes(Buffer.from(signer.keyId, 'hex'), signature))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * Opens a note that was received. Signatures by unknown keys are ignored; one by a known key that fails refuses the
 * note, as does the absence of any by a known key. Throws `NOTE_MALFORMED` or `NOTE_SIGNATURE`.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const signedBy: NoteVerifier[] = [];
  for (const { name, keyId, signature } of signatures) {
    const verifier = verifiers.find((known) => known.name === name && known.keyId === keyId);
    if (verifier === undefined) continue;
    if (!verifyEd25519(verifier.publicKey, text, signature)) {
      throw new ProofError('NOTE_SIGNATURE', `the signature of ${name}+${keyId} does not hold`);
    }
    if (!signedBy.includes(verifier)) signedBy.push(verifier);
  }
  if (signedBy.length === 0) throw new ProofError('NOTE_SIGNATURE', 'the note is not signed by a known key');
  return { text, signedBy };
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

function parseNote(note: string): { text: string; signatures: NoteSignature[] } {
  if (toUtf8(note, 'NOTE_MALFORMED').length > maxNoteBytes) malformed(`more than ${maxNoteBytes} bytes`);
  // The last empty line: the text itself may hold others.
  const end = note.lastIndexOf('\n\n');
  if (end < 0) malformed('no empty line before the signatures');
  const text = note.slice(0, end + 1);
  requireNoteText(text);
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) malformed('expected signature lines, each with its newline');
  if (lines.length > maxNoteSignatures) malformed(`more than ${maxNoteSignatures} signatures`);
  return { text, signatures: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  if (name === undefined || encoded === undefined || name.includes('+'))
    malformed('a signature line is malformed');
  const bytes = fromBase64(encoded, 'NOTE_MALFORMED');
  if (bytes.length < 5) malformed('a signature is too short');
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function requireNoteText(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a note must not hold.
  if (!text.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    malformed('the text must end in a newline and hold no other control characters');
  }
}

function verifyEd25519(publicKey: Uint8Array, text: string, signature: Uint8Array): boolean {
  try {
    return verify(null, toUtf8(text, 'NOTE_MALFORMED'), publicKeyObject(publicKey), signature);
  } catch {
    return false;
  }
}

const ed25519Type = Uint8Array.of(1);

function signerOf(name: string, key: KeyObject): NoteSigner {
  if (key.asymmetricKeyType !== 'ed25519')
    throw new ProofError('KEY_INVALID', 'notes are signed with Ed25519 keys');
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  const verifier = verifierOf(name, new Uint8Array(Buffer.from(x as string, 'base64url')));
  return { ...verifier, privateKeyPem: key.export({ format: 'pem', type: 'pkcs8' }) as string };
}

function verifierOf(name: string, publicKey: Uint8Array): NoteVerifier {
  if (!/^[^\s+]+$/u.test(name))
    throw new ProofError('KEY_INVALID', `"${name}" is no name of a key of a note`);
  const hash = createHash('sha256').update(`${name}\n`).update(ed25519Type).update(publicKey).digest('hex');
  return { name, keyId: hash.slice(0, 8), publicKey };
}

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });
}

function malformed(problem: string): never {
  throw new ProofError('NOTE_MALFORMED', `signed note: ${problem}`);
}
