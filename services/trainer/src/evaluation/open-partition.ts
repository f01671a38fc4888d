import { readFile } from 'node:fs/promises';
import type { ObjectStore } from '@isthmus/chassis';
import { type FrozenPartition, freezePartition, openInteractions, usualPartition } from '@isthmus/learning';
import { type PreparedData, recordsOf } from '../data/prepare-data.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { openInputs } from '../inputs/open-inputs.js';

/**
 * The partition that models on this data are judged by.
 * @param cachePath file that it is kept in, for the next time; made where it is absent or of other data
 */
export async function openPartition(
  objects: ObjectStore,
  prepared: PreparedData,
  cachePath?: string,
): Promise<FrozenPartition> {
  const key = JSON.stringify([prepared.interactions.root, prepared.items.root, usualPartition]);
  const kept = cachePath === undefined ? undefined : await read(cachePath, key);
  if (kept !== undefined) return kept;
  const { inputs } = await openInputs(objects, { records: recordsOf(prepared) });
  const partition = freezePartition(openInteractions(inputs));
  if (cachePath !== undefined) {
    const { groupOf, itemEvents } = partition;
    const text = JSON.stringify({ key, groupOf: Array.from(groupOf), itemEvents: Array.from(itemEvents) });
    await writeFileAtomically(cachePath, text);
  }
  return partition;
}

async function read(path: string, key: string): Promise<FrozenPartition | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as { key: string; groupOf: number[]; itemEvents: number[] };
  if (kept.key !== key) return undefined;
  return {
    settings: usualPartition,
    groupOf: Int32Array.from(kept.groupOf),
    itemEvents: Uint32Array.from(kept.itemEvents),
  };
}
