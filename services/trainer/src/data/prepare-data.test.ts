import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import { openInteractions } from '@isthmus/learning';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluationInputs } from '../evaluation/evaluation-inputs.js';
import { openInputs } from '../inputs/open-inputs.js';
import { chooseDomains, restrictDomains } from './choose-domains.js';
import { fetchEvaluation } from './evaluation-object.js';
import { loadData } from './load-data.js';
import { prepareData, recordsOf } from './prepare-data.js';
import { openUserSalt } from './user-salt.js';

const salt = new Uint8Array(32).fill(9);

/** Ten users with four events in each of two domains, and one event in a third. */
function eventLines(): string {
  const lines = ['user_id:token\titem_id:token\tdomain:token\ttimestamp:float'];
  for (let user = 0; user < 10; user++) {
    for (let event = 0; event < 4; event++) {
      lines.push(`u${user}\tf${(user + event) % 8}\tfood\t${1000 * event + user}`);
      lines.push(`u${user}\tk${(3 * user + event) % 9}\tkitchen\t${1000 * event + 500 + user}`);
    }
  }
  return `${lines.join('\n')}\nu0\tk8\tkitchen\t9000\nu1\tg1\tgarden\t7\n`;
}

describe('prepareData', () => {
  let folder: string;
  let objects: ObjectStore;
  const prepare = (more: object = {}) =>
    prepareData({
      source: { kind: 'files', paths: [folder], salt },
      split: 'mesh',
      objects,
      ...more,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-data-'));
    objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    await writeFile(join(folder, 'shop.inter'), eventLines());
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('commits two record sets that a program can open', async () => {
    const prepared = await prepare();
    const { inputs, declared } = await openInputs(objects, { records: recordsOf(prepared) });
    expect(declared.records.interactions?.root).toBe(prepared.interactions.root);
    const opened = openInteractions(inputs);
    expect(opened.users).toBe(10);
    expect(opened.description.domains).toEqual(['food', 'kitchen']);
    expect(opened.description.targetDomain).toBe('kitchen');
  });

  it('keeps the evaluation targets out of the committed data', async () => {
    const prepared = await prepare();
    const { inputs } = await openInputs(objects, { records: recordsOf(prepared) });
    const opened = openInteractions(inputs);
    const { targets, clicks } = await fetchEvaluation(objects, prepared.evaluation);
    expect(targets.map(({ name, users }) => [name, users.length])).toEqual([
      ['warm', 8],
      ['cold', 2],
    ]);
    for (const { users } of targets) {
      for (const user of users) {
        const seen = new Set(opened.history(user.record).items);
        for (const item of user.targets)
          if (!user.excluded.includes(item)) expect(seen.has(item)).toBe(false);
      }
    }
    const cold = targets[1]!.users[0]!;
    expect(Array.from(opened.history(cold.record).domains)).toEqual([0, 0, 0, 0]);
    expect(clicks.labels).toHaveLength(8 * 5);
  });

  it('gives the same digests again, and others for another seed or salt', async () => {
    const first = await prepare();
    expect(await prepare()).toEqual(first);
    expect((await prepare({ seed: 2 })).interactions.root).not.toBe(first.interactions.root);
    const otherSalt = { kind: 'files', paths: [folder], salt: new Uint8Array(32) };
    expect((await prepare({ source: otherSalt })).interactions.root).not.toBe(first.interactions.root);
  });

  it('splits by time for click models', async () => {
    const prepared = await prepare({ split: 'time' });
    const { targets } = await fetchEvaluation(objects, prepared.evaluation);
    expect(targets.map(({ name }) => name)).toEqual(['time']);
    expect(prepared.evaluated.clicks).toBe(
      5 * targets[0]!.users.reduce((sum, user) => sum + user.targets.length, 0),
    );
  });

  it('prepares rankings of one domain alone, with the histories of test users beside the targets', async () => {
    const alone = { sourceDomain: '', targetDomain: 'kitchen' };
    const last = await prepare({ split: 'leave-last-out', ...alone });
    expect(last.description).toMatchObject({ domains: ['kitchen'], sourceDomains: [], items: 9 });
    expect(last).toMatchObject({ sourceDomain: '', evaluated: { 'leave-last-out': 10, clicks: 0 } });
    const comirec = await prepare({ split: 'comirec', ...alone });
    expect(comirec.seed).toBe(2024);
    const { targets } = await fetchEvaluation(objects, comirec.evaluation);
    const [user] = targets[0]!.users;
    const { inputs } = await openInputs(objects, { records: recordsOf(comirec) });
    expect(openInteractions(inputs).history(user!.record).length).toBe(0);
    const seen = openInteractions(evaluationInputs(inputs, targets)).history(user!.record);
    expect(Array.from(seen.items)).toEqual(Array.from(user!.history!.items));
    await expect(prepare({ split: 'mesh', ...alone })).rejects.toThrow('two domains are needed');
  });

  it.each(['warm', 'cold'] as const)('prepares the split %s of two domains', async (split) => {
    const prepared = await prepare({ split });
    expect(prepared.description).toMatchObject({ sourceDomains: ['food'], split: { kind: split } });
    expect(prepared.evaluated[split]).toBe(split === 'warm' ? 10 : 2);
  });

  it('refuses first purchases where the split has none', async () => {
    await expect(prepare({ split: 'comirec', firstOnly: true })).rejects.toThrow('no first purchases');
  });

  it('takes the two largest domains, the larger one as target, unless told otherwise', async () => {
    const { data } = await loadData({ kind: 'files', paths: [join(folder, 'shop.inter')], salt });
    expect(chooseDomains(data)).toEqual({ sourceDomain: 'food', targetDomain: 'kitchen' });
    expect(chooseDomains(data, { targetDomain: 'food' })).toEqual({
      sourceDomain: 'kitchen',
      targetDomain: 'food',
    });
    expect(chooseDomains(data, { sourceDomain: 'garden' })).toEqual({
      sourceDomain: 'garden',
      targetDomain: 'kitchen',
    });
    expect(() => chooseDomains(data, { targetDomain: 'toys' })).toThrow("no domain 'toys'");
  });

  it('numbers items and domains anew where a domain is left out', async () => {
    const { data } = await loadData({ kind: 'files', paths: [folder], salt });
    const restricted = restrictDomains(data, { sourceDomain: 'food', targetDomain: 'kitchen' });
    expect(restricted.catalogue.domains).toEqual(['food', 'kitchen']);
    for (const { history } of restricted.users) {
      for (const [position, item] of history.items.entries())
        expect(restricted.catalogue.items[item]!.domain).toBe(history.domains[position]);
    }
  });

  it('names what is wrong in a file', async () => {
    const path = join(folder, 'broken.csv');
    await writeFile(path, 'user_id,item_id,timestamp\nu1,i1,soon\n');
    await expect(prepare({ source: { kind: 'files', paths: [path], salt } })).rejects.toThrow(/broken\.csv/);
  });
});

describe('openUserSalt', () => {
  it('makes a salt once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-salt-'));
    const first = await openUserSalt(join(folder, 'deep', 'salt'));
    expect(first).toHaveLength(32);
    expect(Array.from(await openUserSalt(join(folder, 'deep', 'salt')))).toEqual(Array.from(first));
    await rm(folder, { recursive: true });
  });
});
