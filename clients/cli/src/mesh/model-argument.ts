import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ModelSource, modelOfFolder } from '@isthmus/trainer';
import { UsageError } from '../usage-error.js';
import type { MeshLayout } from './layout.js';
import { type PublishedModel, readPublishedModels } from './published-models.js';

/** A model that a command line means, with the folder that it lies in. */
export interface NamedModel {
  readonly folder: string;
  readonly source: ModelSource;
}

/**
 * The model that a command line means: a folder, or NAME or NAME@VERSION of those that were trained into the mesh's folder;
 * without a version the newest, and without a name the only one.
 * @param as NAME@VERSION that it shall have where it goes; what it has if not given
 * @throws UsageError where there is none, and what there is
 */
export async function modelArgument(
  text: string | undefined,
  layout: MeshLayout,
  as?: string,
): Promise<NamedModel> {
  const found = await folderAndName(text, layout);
  const named = as === undefined ? found : nameAndVersion(as);
  return { folder: found.folder, source: await modelOfFolder(found.folder, named) };
}

async function folderAndName(
  text: string | undefined,
  layout: MeshLayout,
): Promise<{ folder: string; name: string; version: string }> {
  const published = await readPublishedModels(layout);
  if (text !== undefined && existsSync(text) && statSync(text).isDirectory()) {
    const folder = resolve(text);
    const known = published.find((model) => resolve(model.folder) === folder);
    return known ?? { folder, name: basename(dirname(folder)), version: basename(folder) };
  }
  const [name, version] = text?.split('@') ?? [];
  const matching = published.filter(
    (model) =>
      (name === undefined || model.name === name) && (version === undefined || model.version === version),
  );
  const names = new Set(matching.map((model) => model.name));
  const newest = matching.at(-1);
  if (newest === undefined || names.size > 1) throw unclear(text, published, layout);
  return { ...newest, folder: folderOf(newest, layout) };
}

/** The folder as it was noted, or where it is now if the mesh's folder was moved. */
function folderOf({ folder, name, version }: PublishedModel, { modelsDirectory }: MeshLayout): string {
  return existsSync(folder) ? folder : join(modelsDirectory, name, version);
}

function nameAndVersion(text: string): { name: string; version: string } {
  const [, name, version] = /^([^@]+)@(.+)$/.exec(text) ?? [];
  if (name === undefined || version === undefined)
    throw new UsageError(`--as ${text}: write NAME@VERSION, for example gemirec@2026-11-24`);
  return { name, version };
}

function unclear(
  text: string | undefined,
  published: readonly PublishedModel[],
  { modelsFile }: MeshLayout,
): UsageError {
  const known = published.map(({ name, version }) => `${name}@${version}`).join(', ');
  const what = text === undefined ? 'say which model' : `there is no folder and no model ${text}`;
  return new UsageError(
    known === ''
      ? `${what}: ${modelsFile} names none yet, see \`isthmus train --help\``
      : `${what}: ${known}`,
  );
}
