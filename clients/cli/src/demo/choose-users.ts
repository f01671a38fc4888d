import type { PreparedEvent } from '@isthmus/trainer';
import type { DemoData } from './prepare-demo-data.js';

/** Somebody to ask the mesh about. */
export interface DemoUser {
  readonly record: number;
  /** What the mesh is told. */
  readonly history: readonly PreparedEvent[];
  /** Ids of what this user did next, which nobody has been told. */
  readonly nextItemIds: ReadonlySet<string>;
}

/** A history that fits on a screen, in events of each domain. */
const FEWEST = 5;
const MOST = 16;

/**
 * The first user of a group (`warm` or `cold`) whose history is neither nearly empty nor longer than a screen: chosen by
 * the history alone, never by how well the models do.
 */
export function chooseUser({ held, reader, prepared }: DemoData, group: 'warm' | 'cold'): DemoUser {
  const users = held.find(({ name }) => name === group)?.users ?? [];
  const fits = (events: number) => events >= FEWEST && events <= MOST;
  const user =
    users.find(
      ({ sourceEvents, targetEvents }) => fits(sourceEvents) && (group === 'cold' || fits(targetEvents)),
    ) ??
    users.find(({ sourceEvents }) => sourceEvents > 0) ??
    users[0];
  if (user === undefined) throw new Error(`the data has no ${group} users to ask about`);
  const history = reader
    .history(user.record)
    .filter(({ domain }) => group === 'warm' || domain === prepared.sourceDomain);
  return {
    record: user.record,
    history,
    nextItemIds: new Set(Array.from(user.targets, (index) => reader.item(index).itemId)),
  };
}
