import { mkdir, writeFile } from 'node:fs/promises';
import { openObjectStore } from '@isthmus/chassis';
import {
  type DataSource,
  inspectData,
  openUserSalt,
  type PreparedData,
  prepareData,
  progressDisplay,
  type SplitKind,
} from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { textTable } from '../text-table.js';
import { UsageError } from '../usage-error.js';
import type { Command } from './command-context.js';

/** Options that say which events are meant. */
export interface DataOptions {
  /** Folders or files of events. */
  readonly paths: readonly string[];
  readonly simulator?: boolean;
  readonly skipBadRows?: boolean;
  readonly directory: string;
}

/** Options of `isthmus data prepare`. */
export interface PrepareOptions extends DataOptions {
  readonly source?: string;
  readonly target?: string;
  readonly split: SplitKind;
  readonly firstOnly?: boolean;
  readonly seed?: number;
}

/** Problems that are named; the rest is counted. */
const SHOWN_PROBLEMS = 20;

/** Counts what is in a data set and names the rows that cannot be read. Exit code 1 where there are any. */
export const inspect: Command<DataOptions> = async (options, { output }) => {
  const { users, items, events, domains, problems, badRows } = await inspectData(await sourceOf(options));
  output.line(`${count(users)} users, ${count(items)} items, ${count(events)} events`);
  for (const line of textTable([
    ['domain', 'users', 'items', 'events'],
    ...domains.map((domain) => [domain.name, domain.users, domain.items, domain.events]),
  ]))
    output.line(line);
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) output.line(problem);
  if (badRows > SHOWN_PROBLEMS) output.line(`and ${count(badRows - SHOWN_PROBLEMS)} more`);
  if (domains.length < 2)
    output.line('a mesh needs two domains: add a column `domain`, or give a file for each domain');
  output.result({ users, items, events, domains, badRows, problems: problems.slice(0, SHOWN_PROBLEMS) });
  return badRows === 0 ? exitCode.ok : exitCode.failure;
};

/** Cuts held-out events off and commits the rest, so that `isthmus train` can learn from it. */
export const prepare: Command<PrepareOptions> = async (options, { output }) => {
  const layout = meshLayout(options.directory);
  await mkdir(layout.directory, { recursive: true });
  const progress = progressDisplay(process.stderr, () => performance.now());
  const prepared = await prepareData({
    source: await sourceOf(options),
    split: options.split,
    firstOnly: options.firstOnly === true,
    objects: openObjectStore(layout.objectsUrl),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.source === undefined
      ? {}
      : { sourceDomain: options.source === 'none' ? '' : options.source }),
    ...(options.target === undefined ? {} : { targetDomain: options.target }),
    onProgress: ({ step, detail }) => progress.line(`${step}: ${detail}`),
  });
  await writeFile(layout.dataFile, `${JSON.stringify(prepared, null, 2)}\n`);
  for (const line of preparedLines(prepared, layout.dataFile)) output.line(line);
  output.result({ ...prepared, file: layout.dataFile });
  return exitCode.ok;
};

function preparedLines(
  { description, sourceDomain, targetDomain, evaluated, badRows }: PreparedData,
  file: string,
) {
  return [
    `${count(description.users)} users, ${count(description.items)} items, ${count(description.events)} events ${sourceDomain === '' ? 'in' : `from ${sourceDomain} to`} ${targetDomain}`,
    `held out: ${Object.entries(evaluated)
      .map(([group, size]) => `${count(size)} ${group}`)
      .join(', ')}`,
    ...(badRows === 0 ? [] : [`${count(badRows)} rows could not be read and were left out`]),
    `described in ${file}; next: isthmus train ${sourceDomain === '' ? 'gemirec' : 'ce-cdr'}`,
  ];
}

async function sourceOf(options: DataOptions): Promise<DataSource> {
  if ((options.simulator === true) === options.paths.length > 0)
    throw new UsageError('name folders or files of events, or --simulator');
  if (options.simulator === true) return { kind: 'simulator' };
  const salt = await openUserSalt(meshLayout(options.directory).saltFile);
  return { kind: 'files', paths: options.paths, salt, skipBadRows: options.skipBadRows === true };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
