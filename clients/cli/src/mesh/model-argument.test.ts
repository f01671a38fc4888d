import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { adminAddresses } from './admin-addresses.js';
import { type MeshLayout, meshLayout } from './layout.js';
import { modelArgument } from './model-argument.js';

let directory: string;
let layout: MeshLayout;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'isthmus-models-'));
  layout = meshLayout(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Models as `isthmus train` notes them, oldest first. */
async function trained(...models: readonly (readonly [name: string, version: string])[]): Promise<void> {
  const noted = [];
  for (const [name, version] of models) {
    const folder = join(layout.modelsDirectory, name, version);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'model.json'), `{"version":"${version}"}`);
    noted.push({ service: 'retrieval', name, version, folder });
  }
  await writeFile(layout.modelsFile, JSON.stringify({ v: 1, models: noted }));
}

async function named(text: string | undefined, as?: string): Promise<string> {
  const { source } = await modelArgument(text, layout, as);
  return `${source.name}@${source.version}`;
}

describe('modelArgument', () => {
  it('finds a folder, a version, the newest of a name, and the only one', async () => {
    await trained(['gemirec', 'old'], ['gemirec', 'new']);
    expect(await named('gemirec@old')).toBe('gemirec@old');
    expect(await named('gemirec')).toBe('gemirec@new');
    expect(await named(undefined)).toBe('gemirec@new');
    expect(await named(join(layout.modelsDirectory, 'gemirec', 'old'))).toBe('gemirec@old');
    expect(await named('gemirec', 'kitchen@2026-11-24')).toBe('kitchen@2026-11-24');
  });

  it('finds models of a folder that was moved', async () => {
    await trained(['gemirec', 'old']);
    await rename(directory, `${directory}-moved`);
    layout = meshLayout(`${directory}-moved`);
    expect(await named('gemirec')).toBe('gemirec@old');
    await rename(`${directory}-moved`, directory);
  });

  it('says what there is where it cannot know which is meant', async () => {
    await expect(named('gemirec')).rejects.toThrow(/names none yet, see `isthmus train --help`/);
    await trained(['gemirec', 'a'], ['ce-cdr', 'b']);
    await expect(named(undefined)).rejects.toThrow('say which model: gemirec@a, ce-cdr@b');
    await expect(named('gemirec@c')).rejects.toThrow('no model gemirec@c: gemirec@a');
    await expect(named('gemirec', 'nothing')).rejects.toThrow(/write NAME@VERSION/);
  });
});

describe('adminAddresses', () => {
  it('takes several, with commas or repeated', () => {
    expect(adminAddresses({ to: ['a:1, b:2', 'c:3'] })).toEqual(['a:1', 'b:2', 'c:3']);
  });

  it('says how to write one', () => {
    expect(() => adminAddresses({})).toThrow(/say --to HOST:PORT.*isthmus serve/);
    expect(() => adminAddresses({ to: ['somewhere'] })).toThrow(/write HOST:PORT/);
  });
});
