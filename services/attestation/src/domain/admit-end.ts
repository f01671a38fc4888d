import { failure } from '@isthmus/chassis';
import {
  encodeFileList,
  equalBytes,
  type FileEntry,
  finishSigningBytes,
  modelDigest,
  ProofError,
  verifySignature,
} from '@isthmus/proof';
import { broken } from './admit-commitment.js';
import type { Run } from './run.js';

/** The end of a run as its prover states it. Hostile until {@link admitEnd} has looked at it. */
export interface AnnouncedEnd {
  readonly segments: number;
  readonly chainHead: Uint8Array;
  readonly files: readonly FileEntry[];
  /** SHA-256 of the file list, hexadecimal. */
  readonly modelDigest: string;
  /** ECDSA over the end of the run, DER. */
  readonly signature: Uint8Array;
}

/**
 * Checks the end of a run against what was committed.
 * @returns the file list, canonical JSON
 * @throws CHAIN_BROKEN, FIELD_INVALID, SIGNATURE_INVALID
 */
export function admitEnd(run: Run, end: AnnouncedEnd): Uint8Array {
  if (end.segments !== run.committedSegments || run.chainHead === undefined) {
    throw broken(
      run.committedSegments,
      `${run.committedSegments} segments are committed, not ${end.segments}.`,
    );
  }
  if (!equalBytes(end.chainHead, run.chainHead)) {
    throw broken(run.committedSegments, 'chain_head is not the chain value of the last segment.');
  }
  const fileList = readFileList(end.files);
  if (modelDigest(fileList) !== end.modelDigest) {
    throw failure('FIELD_INVALID', 'model_digest is not the SHA-256 of the list of files.', {
      metadata: { field: 'model_digest', rule: 'digest' },
    });
  }
  const message = finishSigningBytes({
    runId: run.id,
    segments: end.segments,
    chainHead: end.chainHead,
    modelDigest: end.modelDigest,
  });
  if (!verifySignature(run.proverPublicKey, message, end.signature)) {
    throw failure(
      'SIGNATURE_INVALID',
      'The signature over the end of the run does not verify with the key of its manifest.',
    );
  }
  return fileList;
}

function readFileList(files: readonly FileEntry[]): Uint8Array {
  try {
    return encodeFileList(files);
  } catch (cause) {
    if (!(cause instanceof ProofError)) throw cause;
    throw failure('FIELD_INVALID', `The list of files cannot be accepted: ${cause.message}.`, {
      metadata: { field: 'files', rule: 'file list' },
      cause,
    });
  }
}
