import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventColumns } from './column-map.js';
import { fileError } from './data-problems.js';
import {
  type DataFile,
  type DataFiles,
  type ReadOptions,
  type ReadResult,
  readInteractions,
} from './read-interactions.js';

const eventFile = /^(?<stem>.+)\.inter(\.gz)?$/;
const itemFile = /^(?<stem>.+)\.item(\.gz)?$/;
/** Parts of one set that some publishers keep in files of their own. */
const partSuffix = /\.(train|valid|validation|test)$/;

/**
 * Recognises the RecBole atomic files of a directory: `X.inter` with its `X.item` (each also `.gz`). A file without a
 * domain column is one domain, named X; `X.train.inter` and `X.test.inter` belong to one X.
 */
export async function findDataFiles(directory: string): Promise<DataFiles> {
  const names = (await readdir(directory)).toSorted();
  const stemOf = (name: string, pattern: RegExp) => pattern.exec(name)?.groups?.stem;
  const events: DataFile<EventColumns>[] = [];
  for (const name of names) {
    const stem = stemOf(name, eventFile);
    if (stem === undefined) continue;
    events.push({ path: join(directory, name), domain: stem.replace(partSuffix, '') });
  }
  if (events.length === 0) {
    throw fileError(
      directory,
      `has no .inter or .inter.gz file; it has ${names.slice(0, 10).join(', ') || 'nothing'}`,
    );
  }
  const items = names.flatMap((name) => {
    const stem = stemOf(name, itemFile);
    return stem === undefined ? [] : [{ path: join(directory, name), domain: stem }];
  });
  return { events, items };
}

/** Reads the data of a directory; see {@link findDataFiles} and `readInteractions`. */
export async function readDataDirectory(directory: string, options: ReadOptions): Promise<ReadResult> {
  return readInteractions(await findDataFiles(directory), options);
}
