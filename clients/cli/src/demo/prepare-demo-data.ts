import { writeFile } from 'node:fs/promises';
import {
  type DataSource,
  fetchEvaluation,
  openUserSalt,
  type PreparedData,
  type PreparedReader,
  prepareData,
  readPrepared,
} from '@isthmus/trainer';
import type { DemoContext } from './demo-context.js';
import type { DemoOptions } from './demo-options.js';

/** The data of a demo: committed, described in a file, and readable by index. */
export interface DemoData {
  readonly prepared: PreparedData;
  /** The description, for processes that train and evaluate. */
  readonly file: string;
  readonly reader: PreparedReader;
  /** Users whose next target event, or whose whole target history, was cut off. */
  readonly held: Awaited<ReturnType<typeof fetchEvaluation>>['targets'];
  /** What the data is called. */
  readonly name: string;
}

/** Simulates or reads the events, cuts the held-out ones off, and commits the rest. */
export async function prepareDemoData(context: DemoContext, options: DemoOptions): Promise<DemoData> {
  const { layout, objects, narrator, seed } = context;
  narrator.chapter(
    options.data === undefined ? 'A simulated world of two domains' : `Data from ${options.data}`,
  );
  const source: DataSource =
    options.data === undefined
      ? { kind: 'simulator' }
      : { kind: 'files', paths: [options.data], salt: await openUserSalt(layout.saltFile) };
  const prepared = await prepareData({
    source,
    split: 'mesh',
    seed,
    objects,
    ...(options.source === undefined ? {} : { sourceDomain: options.source }),
    ...(options.target === undefined ? {} : { targetDomain: options.target }),
  });
  await writeFile(layout.dataFile, `${JSON.stringify(prepared, null, 2)}\n`);
  const reader = await readPrepared(objects, prepared);
  const { targets: held } = await fetchEvaluation(objects, prepared.evaluation);
  const { description, sourceDomain, targetDomain, evaluated } = prepared;
  narrator.say(
    `${count(description.users)} users, ${count(description.items)} items, ${count(description.events)} events, from ${sourceDomain} to ${targetDomain}`,
    `held out before anything was committed: the next event in ${targetDomain} of ${count(evaluated.warm ?? 0)} known users,`,
    `and everything that ${count(evaluated.cold ?? 0)} others did there: they look like newcomers`,
    `committed as Merkle root ${prepared.interactions.root.slice(0, 16)}…`,
  );
  return {
    prepared,
    file: layout.dataFile,
    reader,
    held,
    name: options.data === undefined ? 'simulator' : options.data,
  };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
