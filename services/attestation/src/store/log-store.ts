import type { HashedTreeNode, HashReader, LogEntryType } from '@isthmus/proof';
import { type Queryable, queryRow, toBigInt, toBytes } from './queryable.js';

/** An entry of the log as it is stored. */
export interface StoredLogEntry {
  readonly index: bigint;
  readonly kind: LogEntryType;
  readonly timeMs: number;
  readonly runId: string;
  /** SHA-256 of what the entry commits to, hexadecimal. */
  readonly payloadSha256: string;
  /** The entry's own bytes: the leaf's data. */
  readonly encoded: Uint8Array;
}

/** A signed state of the log. */
export interface StoredCheckpoint {
  readonly treeSize: bigint;
  readonly rootHash: Uint8Array;
  /** The signed note. */
  readonly note: string;
}

/** Key of the advisory lock that lets one transaction append at a time, over all replicas. */
const appendLock = 7_421_062;

/** Waits until no other transaction appends, and keeps the others waiting until this one ends. */
export async function lockLog(on: Queryable): Promise<void> {
  await on.query('SELECT pg_advisory_xact_lock($1)', [appendLock]);
}

/** Number of entries. */
export async function logSize(on: Queryable): Promise<bigint> {
  const row = await queryRow(
    on,
    'SELECT coalesce(max(index) + 1, 0) AS size FROM attestation.log_entries',
    [],
  );
  return toBigInt(row?.size ?? 0);
}

/** Writes an entry and the tree nodes that it completes. */
export async function insertLogEntry(
  on: Queryable,
  entry: StoredLogEntry,
  completed: readonly HashedTreeNode[],
): Promise<void> {
  await on.query('INSERT INTO attestation.log_entries VALUES ($1, $2, $3, $4, $5, $6)', [
    entry.index,
    entry.kind,
    entry.timeMs,
    entry.runId,
    entry.payloadSha256,
    entry.encoded,
  ]);
  await on.query(
    `INSERT INTO attestation.log_nodes SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
    [
      completed.map((node) => node.level),
      completed.map((node) => node.index.toString()),
      completed.map((node) => Buffer.from(node.hash)),
    ],
  );
}

/** Writes a signed state of the log. */
export async function insertCheckpoint(
  on: Queryable,
  checkpoint: StoredCheckpoint,
  atMs: number,
): Promise<void> {
  await on.query('INSERT INTO attestation.log_checkpoints VALUES ($1, $2, $3, $4)', [
    checkpoint.treeSize,
    checkpoint.rootHash,
    checkpoint.note,
    atMs,
  ]);
}

/** The signed state of a given size, or the newest; undefined where none was signed. */
export async function findCheckpoint(
  on: Queryable,
  treeSize: bigint | undefined,
): Promise<StoredCheckpoint | undefined> {
  const row = await queryRow(
    on,
    `SELECT tree_size, root_hash, note FROM attestation.log_checkpoints
     WHERE $1::bigint IS NULL OR tree_size = $1 ORDER BY tree_size DESC LIMIT 1`,
    [treeSize ?? null],
  );
  return (
    row && {
      treeSize: toBigInt(row.tree_size),
      rootHash: toBytes(row.root_hash),
      note: row.note as string,
    }
  );
}

/** Entries `[first, first + limit)` in their order. */
export async function listLogEntries(on: Queryable, first: bigint, limit: number): Promise<StoredLogEntry[]> {
  const { rows } = await on.query(
    'SELECT * FROM attestation.log_entries WHERE index >= $1 ORDER BY index LIMIT $2',
    [first, limit],
  );
  return rows.map((row) => ({
    index: toBigInt(row.index),
    kind: row.kind as LogEntryType,
    timeMs: Number(row.time_ms),
    runId: row.run_id as string,
    payloadSha256: row.payload_sha256 as string,
    encoded: toBytes(row.encoded),
  }));
}

/** Reads the hashes of stored subtrees, all in one statement. */
export function treeReader(on: Queryable): HashReader {
  return async (nodes) => {
    if (nodes.length === 0) return [];
    const { rows } = await on.query(
      `SELECT level, index, hash FROM attestation.log_nodes
       JOIN unnest($1::smallint[], $2::bigint[]) AS wanted(level, index) USING (level, index)`,
      [nodes.map((node) => node.level), nodes.map((node) => node.index.toString())],
    );
    const hashes = new Map(rows.map((row) => [`${row.level}/${row.index}`, toBytes(row.hash)]));
    return nodes.map(({ level, index }) => {
      const hash = hashes.get(`${level}/${index}`);
      if (hash === undefined) throw new Error(`The log misses the node ${index} of level ${level}`);
      return hash;
    });
  };
}
