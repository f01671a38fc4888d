import { encodeFileList, type FileEntry, fileEntries, modelDigest } from './file-list.js';
import type { ModelFiles } from './program.js';
import type { RunContext } from './segment-runner.js';
import { decodeState, type StateLimits } from './state.js';

/** A model that follows from a final state. */
export interface ExportedModel {
  readonly files: ModelFiles;
  /** Ascending by name. */
  readonly entries: readonly FileEntry[];
  readonly fileListBytes: Uint8Array;
  /** SHA-256 of the file list, hexadecimal. */
  readonly digest: string;
}

/**
 * Exports the model of a final state from the state's encoding, never from the trainer's live one, so that trainer and
 * verifier export from the same bytes. The verifier compares `digest` with the one that the prover stated.
 */
export function exportModel(
  { program, plan }: Pick<RunContext, 'program' | 'plan'>,
  encodedState: Uint8Array,
  limits: StateLimits = {},
): ExportedModel {
  const files = program.export(plan, decodeState(encodedState, limits));
  const entries = fileEntries(files);
  const fileListBytes = encodeFileList(entries);
  return { files, entries, fileListBytes, digest: modelDigest(fileListBytes) };
}
