import { failure, IsthmusError, type ObjectStore } from '@isthmus/chassis';
import type { ModelPart, ModelSource } from './model-source.js';

/** Bytes of one piece of an upload. */
const CHUNK_BYTES = 1 << 20;

/** What became of a part: written, found as it should be, or found damaged and written anew. */
export type PartOutcome = 'stored' | 'present' | 'repaired';

/** What was done to a store. */
export interface StoreCounts {
  readonly stored: number;
  readonly present: number;
  readonly repaired: number;
  /** Bytes of all parts. */
  readonly sizeBytes: number;
}

/**
 * Puts every part of a model into a store, each under its digest. What is there is read and left; after an interruption the
 * same call goes on where the last one ended. What is written is read back.
 * @param onPart called after each part
 * @throws OBJECT_DIGEST_MISMATCH where a part is not what it was announced as, or the store does not give back what it got
 */
export async function storeModel(
  objects: ObjectStore,
  { parts }: Pick<ModelSource, 'parts'>,
  onPart: (part: ModelPart, outcome: PartOutcome) => void = () => {},
  signal?: AbortSignal,
): Promise<StoreCounts> {
  const counts = { stored: 0, present: 0, repaired: 0, sizeBytes: 0 };
  for (const part of parts) {
    signal?.throwIfAborted();
    const outcome = await storePart(objects, part);
    counts[outcome] += 1;
    counts.sizeBytes += part.sizeBytes;
    onPart(part, outcome);
  }
  return counts;
}

async function storePart(objects: ObjectStore, part: ModelPart): Promise<PartOutcome> {
  const found = await conditionOf(objects, part);
  if (found === 'sound') return 'present';
  const bytes = await part.read();
  if (found === 'damaged') await objects.delete(part.sha256);
  await objects.putStream(part.sha256, piecesOf(bytes), part.sizeBytes);
  if ((await conditionOf(objects, part)) === 'sound') return found === 'damaged' ? 'repaired' : 'stored';
  throw failure(
    'OBJECT_DIGEST_MISMATCH',
    `The store did not give back what was written: ${part.what}. Look at the store, and publish again.`,
    { metadata: { expected: part.sha256 } },
  );
}

async function conditionOf(
  objects: ObjectStore,
  { sha256, sizeBytes }: ModelPart,
): Promise<'sound' | 'damaged' | 'absent'> {
  if (!(await objects.has(sha256))) return 'absent';
  if ((await objects.size(sha256)) !== sizeBytes) return 'damaged';
  try {
    await objects.get(sha256);
    return 'sound';
  } catch (error) {
    if (error instanceof IsthmusError && error.reason === 'OBJECT_DIGEST_MISMATCH') return 'damaged';
    throw error;
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES)
    yield bytes.subarray(offset, offset + CHUNK_BYTES);
}
