import { fromBase64, toBase64 } from './bytes.js';
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { hashSizeBytes } from './hash.js';
import { leafHash } from './merkle-hash.js';
import { verifyInclusion } from './merkle-proof.js';
import type { NoteVerifier } from './note.js';
import { ProofError } from './proof-error.js';

/** A proof, checked offline, that an entry is in a log (C2SP tlog-proof, version 1). */
export interface LogProof {
  /** The entry's own bytes, in the line `extra`: unauthenticated until the proof has been verified with them. */
  readonly entry: Uint8Array;
  /** Index of the entry. */
  readonly index: bigint;
  /** Inclusion proof, from the leaf's sibling to the root's child, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, as the log published it. */
  readonly checkpoint: string;
}

/** Largest proof in bytes. */
export const maxLogProofBytes = 131_072;

/** The proof as text. */
export function encodeLogProof({ entry, index, hashes, checkpoint }: LogProof): string {
  const lines = [firstLine, `extra ${toBase64(entry)}`, `index ${index}`, ...hashes.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof that was received. Throws `LOG_PROOF_MALFORMED`. */
export function parseLogProof(text: string): LogProof {
  if (text.length > maxLogProofBytes) malformed(`more than ${maxLogProofBytes} characters`);
  const end = text.indexOf('\n\n');
  if (end < 0) malformed('no empty line before the checkpoint');
  const [first, extra, index, ...hashes] = text.slice(0, end).split('\n');
  if (first !== firstLine) malformed(`expected "${firstLine}"`);
  const [, entry] = /^extra ([A-Za-z0-9+/=]+)$/.exec(extra ?? '') ?? [];
  if (entry === undefined) malformed('expected the line "extra" with the entry');
  const [, digits] = /^index (0|[1-9][0-9]{0,19})$/.exec(index ?? '') ?? [];
  if (digits === undefined) malformed('expected the line "index"');
  // 64 levels are the most that a tree with u64 indices has.
  if (hashes.length > 64) malformed('the proof is too long');
  return {
    entry: fromBase64(entry, 'LOG_PROOF_MALFORMED'),
    index: BigInt(digits),
    hashes: hashes.map((line) => {
      const hash = fromBase64(line, 'LOG_PROOF_MALFORMED');
      if (hash.length !== hashSizeBytes) malformed(`a hash has ${hash.length} bytes`);
      return hash;
    }),
    checkpoint: text.slice(end + 2),
  };
}

/**
 * Verifies that `proof.entry` is in the log: checkpoint signed by the log's key, leaf recomputed from the entry,
 * inclusion at the index. Throws `CHECKPOINT_MALFORMED`, `CHECKPOINT_SIGNATURE` or `LOG_PROOF_INVALID`.
 */
export function verifyLogProof(proof: LogProof, log: NoteVerifier): Checkpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, log);
  try {
    verifyInclusion(leafHash(proof.entry), proof.index, checkpoint.size, proof.hashes, checkpoint.rootHash);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw new ProofError('LOG_PROOF_INVALID', cause.message, { cause });
  }
  return checkpoint;
}

const firstLine = 'c2sp.org/tlog-proof@v1';

function malformed(problem: string): never {
  throw new ProofError('LOG_PROOF_MALFORMED', `log proof: ${problem}`);
}
