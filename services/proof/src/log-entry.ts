import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { fromHex, toHex } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import type { JsonObject } from './program.js';
import { ProofError } from './proof-error.js';

/**
 * What an entry says, and what its payload hash commits to:
 *
 * - `START` — a run was announced: C0 of its manifest
 * - `COMMIT` — its prover ended it: `runEndDigest`
 * - `VERDICT` — the replay was decided, either way: SHA-256 of the entry's own summary
 * - `ATTEST` — an attestation was signed: its id, SHA-256 of the DSSE payload
 * - `REVOKE` — an attestation no longer holds: its id
 * - `DISPUTE` — a verdict is disputed: SHA-256 of the evidence
 */
export type LogEntryType = 'START' | 'COMMIT' | 'VERDICT' | 'ATTEST' | 'REVOKE' | 'DISPUTE';

/** An entry of the transparency log. */
export interface LogEntry {
  readonly type: LogEntryType;
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  /** The run, 32 to 64 hexadecimal digits (16 to 32 bytes). */
  readonly runId: string;
  /** What the entry commits to, hexadecimal. */
  readonly payloadSha256: string;
  /** A few public facts for people who read the log. */
  readonly summary: JsonObject;
}

/** Version of the entry's encoding, its first byte. */
export const logEntryVersion = 1;

/** Largest entry in bytes: what the u16 of an entry bundle holds. */
export const maxLogEntryBytes = 65_535;

/**
 * The bytes of an entry, whose RFC 6962 leaf hash is in the tree: `u8 version | u8 type | u64 time | u8 size of run id |
 * run id | 32 bytes payload hash | u16 size of summary | summary as canonical JSON`, little-endian.
 * Throws `LOG_ENTRY_INVALID`.
 */
export function encodeLogEntry(entry: LogEntry): Uint8Array {
  const { type, timeMs, runId, payloadSha256 } = entry;
  if (!Number.isSafeInteger(timeMs) || timeMs < 0) invalid(`${timeMs} is no time in milliseconds`);
  const id = fromHex(runId, 'LOG_ENTRY_INVALID');
  requireRunIdSize(id.length);
  const payload = fromHex(payloadSha256, 'LOG_ENTRY_INVALID');
  if (payload.length !== 32) invalid('the payload hash has 32 bytes');
  const summary = canonicalJson(entry.summary);
  if (summary.length + headerBytes + id.length > maxLogEntryBytes)
    invalid(`more than ${maxLogEntryBytes} bytes`);
  return new ByteWriter(128 + summary.length)
    .u8(logEntryVersion)
    .u8(typeCodes[type])
    .u64(BigInt(timeMs))
    .u8(id.length)
    .raw(id)
    .raw(payload)
    .u16(summary.length)
    .raw(summary)
    .finish();
}

/** Reads an entry. Throws `LOG_ENTRY_INVALID`, or `JSON_INVALID` where the summary is not canonical JSON. */
export function decodeLogEntry(bytes: Uint8Array): LogEntry {
  const reader: ByteReader = new ByteReader(bytes, 'LOG_ENTRY_INVALID', 'log entry');
  const version = reader.u8();
  if (version !== logEntryVersion) reader.fail(`version ${version}, this code reads ${logEntryVersion}`);
  const code = reader.u8();
  const type = (Object.keys(typeCodes) as LogEntryType[]).find((name) => typeCodes[name] === code);
  if (type === undefined) reader.fail(`unknown type ${code}`);
  const timeMs = Number(reader.u64());
  if (!Number.isSafeInteger(timeMs)) reader.fail('the time exceeds 2^53 - 1');
  const idSize = reader.u8();
  requireRunIdSize(idSize);
  const runId = toHex(reader.raw(idSize));
  const payloadSha256 = toHex(reader.raw(32));
  const summary = parseCanonicalJson(reader.raw(reader.u16()), { maxBytes: maxLogEntryBytes });
  reader.end();
  if (typeof summary !== 'object' || summary === null || Array.isArray(summary))
    reader.fail('the summary is no object');
  return { type, timeMs, runId, payloadSha256, summary: summary as JsonObject };
}

/** Bytes of all fields but run id and summary. */
const headerBytes = 1 + 1 + 8 + 1 + 32 + 2;

/** Never reused, never renumbered. */
const typeCodes: { readonly [type in LogEntryType]: number } = {
  START: 1,
  COMMIT: 2,
  VERDICT: 3,
  ATTEST: 4,
  REVOKE: 5,
  DISPUTE: 6,
};

function requireRunIdSize(size: number): void {
  if (size < 16 || size > 32) invalid(`a run id has 16 to 32 bytes, this one ${size}`);
}

function invalid(problem: string): never {
  throw new ProofError('LOG_ENTRY_INVALID', `log entry: ${problem}`);
}
