import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type DataFiles,
  defaultSimulation,
  describeProblem,
  type EventColumns,
  findDataFiles,
  type InteractionData,
  type ItemColumns,
  type PartialColumns,
  readInteractions,
  type SimulatorParameters,
  simulate,
} from '@isthmus/learning';
import type { DomainRoles } from './choose-domains.js';

/** Events of the simulator. */
export interface SimulatorSource {
  readonly kind: 'simulator';
  /** Changes to the standard world. */
  readonly parameters?: Partial<SimulatorParameters>;
}

/** Events of files. */
export interface FileSource {
  readonly kind: 'files';
  /** Folders of atomic files, or files: `.inter`, `.item`, CSV, Parquet. */
  readonly paths: readonly string[];
  /** At least 16 secret bytes that user names are hashed with. */
  readonly salt: Uint8Array;
  /** Columns of the event files and of the item files whose names are not the customary ones. */
  readonly eventColumns?: PartialColumns<EventColumns>;
  readonly itemColumns?: PartialColumns<ItemColumns>;
  /** Leaves bad rows out; by default they are an error that names them. */
  readonly skipBadRows?: boolean;
}

/** Where events come from. */
export type DataSource = SimulatorSource | FileSource;

/** What was read. */
export interface LoadedData {
  readonly data: InteractionData;
  /** The roles of the domains where the source fixes them: in the simulated world the first causes the second. */
  readonly roles?: DomainRoles;
  /** Rows that were left out. */
  readonly badRows: number;
  /** The first 20 of them in words: file, row, column, fault. */
  readonly problems: readonly string[];
}

/** Reads all events and the catalogue of a source. Throws `DataFormatError` that names the rows that are wrong. */
export async function loadData(source: DataSource): Promise<LoadedData> {
  if (source.kind === 'simulator') return simulated(source.parameters);
  const { data, badRows, problems } = await readInteractions(await filesOf(source), {
    salt: source.salt,
    skipBadRows: source.skipBadRows === true,
  });
  return { data, badRows, problems: problems.map(describeProblem) };
}

function simulated(parameters: Partial<SimulatorParameters> = {}): LoadedData {
  const { data } = simulate({ ...defaultSimulation, ...parameters });
  const [sourceDomain = '', targetDomain = ''] = data.catalogue.domains;
  return { data, roles: { sourceDomain, targetDomain }, badRows: 0, problems: [] };
}

async function filesOf({ paths, eventColumns, itemColumns }: FileSource): Promise<DataFiles> {
  const events: DataFiles['events'][number][] = [];
  const items: NonNullable<DataFiles['items']>[number][] = [];
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) {
      const found = await findDataFiles(path);
      events.push(...found.events);
      items.push(...(found.items ?? []));
    } else if (isItemFile(path)) items.push({ path, domain: stemOf(path) });
    else events.push({ path, domain: stemOf(path) });
  }
  return {
    events: events.map((file) => (eventColumns === undefined ? file : { ...file, columns: eventColumns })),
    items: items.map((file) => (itemColumns === undefined ? file : { ...file, columns: itemColumns })),
  };
}

/** `x.item`, `x.item.gz`, `x.items.csv`, `x.item.parquet`. */
function isItemFile(path: string): boolean {
  return /\.items?(\.[a-z]+)*$/.test(basename(path));
}

/** The name of a file up to its first dot: the domain of files that name none. */
function stemOf(path: string): string {
  return basename(path).split('.')[0]!;
}
