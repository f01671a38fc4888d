import { ByteWriter } from './byte-writer.js';
import { concatBytes, fromHex, toUtf8 } from './bytes.js';
import { taggedHash } from './hash.js';

/** What the prover signs to announce a run: `"pol/manifest-signature/v1" || 0x00 || C0`. */
export function manifestSigningBytes(manifestDigest: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array(Buffer.from('pol/manifest-signature/v1\0', 'ascii')), manifestDigest);
}

/** The end of a run as its prover states it. */
export interface RunEnd {
  readonly runId: string;
  /** Number of segments. */
  readonly segments: number;
  /** Chain value after the last segment, 32 bytes. */
  readonly chainHead: Uint8Array;
  /** SHA-256 of the exported model's file list, hexadecimal. */
  readonly modelDigest: string;
}

/**
 * What the prover signs to end a run: `"pol/finish-signature/v1" || 0x00 || u16 size of run id | run id | u64 segments |
 * chain head | model digest`, little-endian.
 */
export function finishSigningBytes(end: RunEnd): Uint8Array {
  const tag = new Uint8Array(Buffer.from('pol/finish-signature/v1\0', 'ascii'));
  return concatBytes(tag, runEndBytes(end));
}

/** What the log's COMMIT entry commits to: the same fields under a tag of their own, 32 bytes. */
export function runEndDigest(end: RunEnd): Uint8Array {
  return taggedHash('pol/finish/v1', runEndBytes(end));
}

function runEndBytes({ runId, segments, chainHead, modelDigest }: RunEnd): Uint8Array {
  const id = toUtf8(runId, 'RUN_STRUCTURE');
  return new ByteWriter(128)
    .u16(id.length)
    .raw(id)
    .u64(BigInt(segments))
    .raw(chainHead)
    .raw(fromHex(modelDigest, 'RUN_STRUCTURE'))
    .finish();
}
