import { randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson, encodeManifest, type Json, type Manifest, parseManifest } from '@isthmus/proof';
import type { CheckpointDirectory, RunRecord, SegmentRecord } from './checkpoint-directory.js';
import type { RunMode } from './training-event.js';

/** The manifest without what is drawn for each run. */
export type ManifestDraft = Omit<Manifest, 'v' | 'clientNonce'>;

/** A run that begins, or one that goes on from its checkpoints. */
export interface OpenRun {
  readonly manifest: Uint8Array;
  readonly record: RunRecord;
  /** Finished segments of before. */
  readonly segments: readonly SegmentRecord[];
}

const noNonce = '00'.repeat(32);

/**
 * Finds the run that `directory` keeps, or begins one there. Local runs have no nonce, so that the same program, inputs
 * and seed give the same chain.
 *
 * @param restart forgets a run of before instead of going on with it
 * @throws Error where the directory keeps another run, naming what differs
 */
export async function openRun(
  directory: CheckpointDirectory | undefined,
  draft: ManifestDraft,
  mode: RunMode,
  restart: boolean,
): Promise<OpenRun> {
  if (restart) await directory?.clear();
  const kept = await directory?.run();
  if (directory !== undefined && kept !== undefined) {
    requireSameRun(parseManifest(bytesOf(kept.manifest)), draft, mode);
    return { manifest: bytesOf(kept.manifest), record: kept, segments: await directory.segments() };
  }
  const clientNonce = mode === 'LOCAL' ? noNonce : randomBytes(32).toString('hex');
  const manifest = encodeManifest({ ...draft, v: 1, clientNonce });
  const record: RunRecord = {
    v: 1,
    manifest: Buffer.from(manifest).toString('utf8'),
    requestId: randomUUID(),
  };
  await directory?.writeRun(record);
  return { manifest, record, segments: [] };
}

function requireSameRun(kept: Manifest, draft: ManifestDraft, mode: RunMode): void {
  const local = kept.clientNonce === noNonce;
  const differing = Object.entries(draft).filter(([name, value]) => {
    const before = kept[name as keyof Manifest] as unknown as Json;
    return !Buffer.from(canonicalJson(before)).equals(canonicalJson(value as unknown as Json));
  });
  const problems = differing.map(([name]) => name);
  if (local !== (mode === 'LOCAL')) problems.push('attestation');
  if (problems.length === 0) return;
  // The usual reason is a build in between: the program of before is still in the store.
  const hint = problems.includes('program') ? `, go on with the program ${kept.program.digest}` : '';
  throw new Error(
    `the checkpoint directory keeps another run: it differs in ${problems.join(', ')}. Choose another directory${hint}, or restart to forget that run`,
  );
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}
