import { ByteReader } from './byte-reader.js';
import { emptyHistory, type UserHistory } from './user-history.js';

/** Name and version of this encoding in a data set's description. */
export const userHistoryCodec = 'isthmus.user-history/v1';

/** Most events of one user. */
const maximumHistoryLength = 1_000_000;

const headerBytes = 5;
const eventBytes = 17;
const version = 1;

/**
 * Content of a user's record, little-endian: version u8 = 1, number of events u32, then an event each: domain u8,
 * item u32, timestamp in milliseconds i64, value f32. Equal histories give equal bytes.
 */
export function encodeUserHistory(history: UserHistory): Uint8Array {
  if (history.length > maximumHistoryLength) {
    throw new RangeError(
      `a history has at most ${maximumHistoryLength} events, this one has ${history.length}`,
    );
  }
  const bytes = new Uint8Array(headerBytes + eventBytes * history.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setUint32(1, history.length, true);
  let offset = headerBytes;
  for (let position = 0; position < history.length; position++) {
    view.setUint8(offset, history.domains[position]!);
    view.setUint32(offset + 1, history.items[position]!, true);
    view.setBigInt64(offset + 5, BigInt(history.timestampsMs[position]!), true);
    view.setFloat32(offset + 13, history.values[position]!, true);
    offset += eventBytes;
  }
  return bytes;
}

/**
 * Reads what {@link encodeUserHistory} wrote. Everything else is refused with an Error: another version, a length that
 * does not fit, time that runs backwards, a timestamp beyond the safe integers, a value that is not finite.
 */
export function decodeUserHistory(bytes: Uint8Array): UserHistory {
  const reader = new ByteReader(bytes, 'user history');
  const found = reader.uint8();
  if (found !== version) reader.fail(`has version ${found}, not ${version}`);
  const length = reader.uint32();
  if (length > maximumHistoryLength || length * eventBytes !== reader.remaining) {
    reader.fail(`says ${length} events in ${reader.remaining} bytes`);
  }
  if (length === 0) return emptyHistory;
  const history = {
    length,
    domains: new Uint8Array(length),
    items: new Uint32Array(length),
    timestampsMs: new Float64Array(length),
    values: new Float32Array(length),
  };
  let previous = Number.MIN_SAFE_INTEGER;
  for (let position = 0; position < length; position++) {
    history.domains[position] = reader.uint8();
    history.items[position] = reader.uint32();
    const timestampMs = Number(reader.int64());
    if (!Number.isSafeInteger(timestampMs)) reader.fail(`has an unsafe timestamp at event ${position}`);
    if (timestampMs < previous) reader.fail(`goes back in time at event ${position}`);
    history.timestampsMs[position] = timestampMs;
    previous = timestampMs;
    history.values[position] = reader.float32();
  }
  return history;
}
