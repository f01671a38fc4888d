import type { Telemetry } from '@isthmus/chassis';
import {
  CompactTree,
  edgeNodes,
  encodeLogEntry,
  type LogEntry,
  leafHash,
  type NoteSigner,
  signCheckpoint,
} from '@isthmus/proof';
import { insertCheckpoint, insertLogEntry, lockLog, logSize, treeReader } from '../store/log-store.js';
import type { Queryable } from '../store/queryable.js';

/** An entry that was appended, with the signed checkpoint of the tree that ends with it. */
export interface AppendedEntry {
  readonly index: bigint;
  /** The entry's own bytes. */
  readonly encoded: Uint8Array;
  /** The signed note of a tree of `index` + 1 entries. */
  readonly checkpoint: string;
}

/** What appending needs. */
export interface LogWriter {
  /** Signs the checkpoints; its name is the log's origin. */
  readonly logSigner: NoteSigner;
  readonly telemetry: Telemetry;
}

/**
 * Appends an entry inside the caller's transaction: entry, tree nodes and signed checkpoint become durable with
 * whatever else the transaction does, or not at all. Appends are serialised over all replicas, so every checkpoint that
 * is ever published is consistent with the one before it.
 */
export async function appendEntry(
  { telemetry, logSigner }: LogWriter,
  on: Queryable,
  entry: LogEntry,
): Promise<AppendedEntry> {
  const attributes = { 'isthmus.run.id': entry.runId };
  return telemetry.span('log.append', attributes, async (span) => {
    const appended = await append(on, entry, logSigner);
    span.setAttribute('isthmus.log.index', Number(appended.index));
    return appended;
  });
}

async function append(on: Queryable, entry: LogEntry, signer: NoteSigner): Promise<AppendedEntry> {
  await lockLog(on);
  const index = await logSize(on);
  const tree = new CompactTree(index, await treeReader(on)(edgeNodes(index)));
  const encoded = encodeLogEntry(entry);
  const completed = tree.append(leafHash(encoded));
  const rootHash = tree.root();
  await insertLogEntry(
    on,
    {
      index,
      kind: entry.type,
      timeMs: entry.timeMs,
      runId: entry.runId,
      payloadSha256: entry.payloadSha256,
      encoded,
    },
    completed,
  );
  const checkpoint = signCheckpoint({ origin: signer.name, size: tree.size, rootHash }, signer);
  await insertCheckpoint(on, { treeSize: tree.size, rootHash, note: checkpoint }, entry.timeMs);
  return { index, encoded, checkpoint };
}
