import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openObjectStore } from '@isthmus/chassis';
import { type PreparedData, prepareData } from '../data/prepare-data.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { foldersDigest } from '../results/sources-digest.js';
import type { StudyRow } from './study-definition.js';
import type { StudyPlace } from './study-place.js';

/** Public data has no names to hide, and a salt that everybody knows gives everybody the same digests. */
const publicSalt = new Uint8Array(createHash('sha256').update('isthmus public benchmark data').digest());

/** Code that decides what data becomes. */
const preparingCode = ['services/learning/src', 'services/proof/src', 'services/trainer/src/data'];

/**
 * Prepares the data of a row. The same files give the same digests on every machine; what was prepared from the same files by the same
 * code is not prepared again.
 *
 * @param root the checkout
 */
export async function prepareRow(
  root: string,
  dataFolder: string,
  row: StudyRow,
  place: StudyPlace,
): Promise<PreparedData> {
  const { folder, split, sourceDomain, targetDomain, firstOnly } = row;
  const key = createHash('sha256')
    .update(JSON.stringify({ split, sourceDomain, targetDomain, firstOnly }))
    .update(await filesDigest(join(dataFolder, folder)))
    .update(await foldersDigest(root, preparingCode))
    .digest('hex');
  const path = place.dataFile(row.name);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  const before = kept === undefined ? undefined : (JSON.parse(kept) as KeptData);
  if (before?.preparedFrom === key) return before;
  const prepared = await prepareData({
    source: { kind: 'files', paths: [join(dataFolder, folder)], salt: publicSalt },
    split,
    objects: openObjectStore(place.objectsUrl),
    ...(sourceDomain === undefined ? {} : { sourceDomain }),
    ...(targetDomain === undefined ? {} : { targetDomain }),
    ...(firstOnly === undefined ? {} : { firstOnly }),
  });
  const data: KeptData = { ...prepared, preparedFrom: key };
  await writeFileAtomically(path, JSON.stringify(data));
  return data;
}

/** Prepared data with what it was made from. */
interface KeptData extends PreparedData {
  readonly preparedFrom: string;
}

/** SHA-256 over names and contents of the files of a folder, or of one file. */
async function filesDigest(path: string): Promise<string> {
  const isFolder = (await stat(path)).isDirectory();
  const digest = createHash('sha256');
  for (const name of isFolder ? (await readdir(path)).sort() : [''])
    digest.update(`${name}\0`).update(
      createHash('sha256')
        .update(await readFile(join(path, name)))
        .digest(),
    );
  return digest.digest('hex');
}
