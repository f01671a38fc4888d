import { readFile } from 'node:fs/promises';
import type { PartialMessage } from '@isthmus/client';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';

/** Most bytes of an events file: 10,000 events of the contract's largest size. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** How a user's history is given on the command line. */
export interface UserOptions {
  /** `domain:item` or `domain:item:unixMs`, in order. */
  readonly event?: readonly string[];
  /** A JSON file: `{"userId": "...", "events": [{"domain": "...", "itemId": "...", "timestampMs": 0}]}`. */
  readonly user?: string;
}

/**
 * The user that the options describe. Without events the user is unknown, which is a fair question too.
 * @throws Error that says which event or member is wrong
 */
export async function userFromOptions(options: UserOptions): Promise<PartialMessage<UserContext>> {
  const fromFile = options.user === undefined ? {} : await readUser(options.user);
  const events = [...(fromFile.events ?? []), ...(options.event ?? []).map(parseEvent)];
  return { ...fromFile, events };
}

async function readUser(path: string): Promise<PartialMessage<UserContext>> {
  const text = await readFile(path);
  if (text.byteLength > MAX_FILE_BYTES) throw new Error(`${path} has more than ${MAX_FILE_BYTES} bytes`);
  const value: unknown = JSON.parse(text.toString());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${path} must hold one JSON object with userId and events`);
  }
  const { userId = '', events = [] } = value as { userId?: unknown; events?: unknown };
  if (typeof userId !== 'string' || !Array.isArray(events)) {
    throw new Error(`${path}: userId must be a string and events a list`);
  }
  return { userId, events: events.map((event, index) => checkedEvent(event, `${path}: events[${index}]`)) };
}

function checkedEvent(event: unknown, where: string) {
  const { domain, itemId, timestampMs = 0, type = '' } = (event ?? {}) as Record<string, unknown>;
  if (typeof domain !== 'string' || typeof itemId !== 'string') {
    throw new Error(`${where} needs the strings domain and itemId`);
  }
  if (!Number.isSafeInteger(Number(timestampMs)))
    throw new Error(`${where}.timestampMs must be Unix milliseconds`);
  return { domain, itemId, timestampMs: BigInt(Number(timestampMs)), type: String(type) };
}

function parseEvent(text: string) {
  const [domain = '', itemId = '', time = '0', ...rest] = text.split(':');
  if (domain === '' || itemId === '' || rest.length > 0 || !/^\d+$/.test(time)) {
    throw new Error(
      `--event ${text}: write domain:item or domain:item:unixMs, for example kitchen:15423:1355529600000`,
    );
  }
  return { domain, itemId, timestampMs: BigInt(time) };
}
