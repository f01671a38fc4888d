import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openObjectStore } from '@isthmus/chassis';
import { type PreparedData, prepareData } from '../data/prepare-data.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import type { StudyRow } from './study-definition.js';
import type { StudyPlace } from './study-place.js';

/** Public data has no names to hide, and a salt that everybody knows gives everybody the same digests. */
const publicSalt = new Uint8Array(createHash('sha256').update('isthmus public benchmark data').digest());

/** Prepares the data of a row. The same files give the same digests on every machine. */
export async function prepareRow(
  dataFolder: string,
  row: StudyRow,
  place: StudyPlace,
): Promise<PreparedData> {
  const { folder, split, sourceDomain, targetDomain, firstOnly } = row;
  const prepared = await prepareData({
    source: { kind: 'files', paths: [join(dataFolder, folder)], salt: publicSalt },
    split,
    objects: openObjectStore(place.objectsUrl),
    ...(sourceDomain === undefined ? {} : { sourceDomain }),
    ...(targetDomain === undefined ? {} : { targetDomain }),
    ...(firstOnly === undefined ? {} : { firstOnly }),
  });
  await writeFileAtomically(place.dataFile(row.name), JSON.stringify(prepared));
  return prepared;
}
