import { emptyRoot, type NoteSigner, signCheckpoint } from '@isthmus/proof';
import { findCheckpoint, insertCheckpoint, lockLog, type StoredCheckpoint } from '../store/log-store.js';
import type { Queryable } from '../store/queryable.js';

/** The newest signed checkpoint. There is one from the first start on. */
export async function newestCheckpoint(on: Queryable): Promise<StoredCheckpoint> {
  const newest = await findCheckpoint(on, undefined);
  if (newest === undefined)
    throw new Error('The log has no checkpoint: the service was not started in order');
  return newest;
}

/** Signs the checkpoint of the empty log, inside the caller's transaction, where nothing was signed before. */
export async function beginLog(on: Queryable, signer: NoteSigner, atMs: number): Promise<void> {
  await lockLog(on);
  if ((await findCheckpoint(on, undefined)) !== undefined) return;
  const rootHash = emptyRoot();
  const note = signCheckpoint({ origin: signer.name, size: 0n, rootHash }, signer);
  await insertCheckpoint(on, { treeSize: 0n, rootHash, note }, atMs);
}
