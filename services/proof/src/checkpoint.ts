import { fromBase64, toBase64 } from './bytes.js';
import { hashSizeBytes } from './hash.js';
import { type NoteSigner, type NoteVerifier, openNote, signNote } from './note.js';
import { ProofError } from './proof-error.js';

/** The head of a log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Identity of the log; also the name of its key. */
  readonly origin: string;
  /** Number of entries. */
  readonly size: bigint;
  /** RFC 6962 root, 32 bytes. */
  readonly rootHash: Uint8Array;
}

/** The text that is signed: origin, size and root in base64, a line each. Throws `CHECKPOINT_MALFORMED`. */
export function encodeCheckpoint({ origin, size, rootHash }: Checkpoint): string {
  const text = `${origin}\n${size}\n${toBase64(rootHash)}\n`;
  parseCheckpoint(text);
  return text;
}

/** Reads the text of a checkpoint; extension lines are allowed and ignored. Throws `CHECKPOINT_MALFORMED`. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') malformed('the last line has no newline');
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined)
    malformed('expected origin, size and root');
  if (lines.some((line) => line === '')) malformed('a line is empty');
  // At most 20 digits: what a u64 holds. Checked before BigInt, whose work grows with the text.
  if (!/^(0|[1-9][0-9]{0,19})$/.test(size) || BigInt(size) >= 1n << 64n) malformed('the size is no u64');
  const rootHash = fromBase64(root, 'CHECKPOINT_MALFORMED');
  if (rootHash.length !== hashSizeBytes) malformed(`the root has ${rootHash.length} bytes`);
  return { origin, size: BigInt(size), rootHash };
}

/** Signs a checkpoint as its log. The signer's name must be the origin. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  if (signer.name !== checkpoint.origin)
    malformed(`the key of "${signer.name}" does not sign for "${checkpoint.origin}"`);
  return signNote(encodeCheckpoint(checkpoint), signer);
}

/**
 * Opens a signed checkpoint that was received: the log's key must have signed it and the origin must be that of the
 * key. Throws `CHECKPOINT_MALFORMED` or `CHECKPOINT_SIGNATURE`.
 */
export function openCheckpoint(note: string, log: NoteVerifier): Checkpoint {
  let text: string;
  try {
    text = openNote(note, [log]).text;
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    const code = cause.code === 'NOTE_SIGNATURE' ? 'CHECKPOINT_SIGNATURE' : 'CHECKPOINT_MALFORMED';
    throw new ProofError(code, cause.message, { cause });
  }
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.name) {
    throw new ProofError(
      'CHECKPOINT_SIGNATURE',
      `the key of "${log.name}" signed for "${checkpoint.origin}"`,
    );
  }
  return checkpoint;
}

function malformed(problem: string): never {
  throw new ProofError('CHECKPOINT_MALFORMED', `checkpoint: ${problem}`);
}
