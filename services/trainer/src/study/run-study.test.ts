import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ToyWorkspace, toyWorkspace } from '../testing/toy-workspace.js';
import { runStudy } from './run-study.js';
import type { Study } from './study-definition.js';
import { studyPlace } from './study-place.js';

describe('runStudy', () => {
  let toy: ToyWorkspace;
  let folder: string;
  const lines: string[] = [];
  const row = { split: 'leave-last-out', counts: true } as const;
  const study: Study = {
    name: 'small',
    title: '',
    notes: [],
    command: '',
    rows: [
      { ...row, name: 'here', folder: 'here.inter' },
      { ...row, name: 'away', folder: 'away.inter' },
    ],
    programs: [
      { name: 'toy', program: 'popularity', role: 'peer', spec: { steps: 5, segmentSteps: 5 } },
      { name: 'same', program: 'popularity', role: 'peer', spec: { segmentSteps: 5, steps: 5 } },
      { name: 'wrong', program: 'popularity', role: 'peer', spec: { steps: -1 } },
      { name: 'unbuilt', program: 'gemirec', role: 'ours', spec: {} },
    ],
    seeds: [1],
  };
  const run = (signal: AbortSignal) => {
    lines.length = 0;
    return runStudy(study, {
      root: join(folder, 'root'),
      dataFolder: folder,
      place: studyPlace(join(folder, 'kept')),
      signal,
      onLine: (text) => lines.push(text),
    });
  };
  const reasons = (missing: readonly string[], name: string) =>
    missing.filter((text) => text.startsWith(`here, ${name}`)).join();

  beforeAll(async () => {
    toy = await toyWorkspace();
    folder = await mkdtemp(join(tmpdir(), 'isthmus-study-'));
    const programs = join(folder, 'root', 'services', 'retrieval', 'dist', 'programs');
    await mkdir(programs, { recursive: true });
    // The toy stands in for a program of the repository.
    await copyFile(toy.programPath, join(programs, 'popularity.mjs'));
    const events = ['user_id:token\titem_id:token\ttimestamp:float'];
    for (let user = 0; user < 6; user++)
      for (let event = 0; event < 5; event++) events.push(`u${user}\ti${user + event}\t${event}`);
    await writeFile(join(folder, 'here.inter'), `${events.join('\n')}\n`);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await toy.remove();
  });

  it('starts nothing when there is no time, and says what is missing and why', async () => {
    const { entries, missing } = await run(AbortSignal.abort());
    expect(entries).toEqual([]);
    expect(missing).toHaveLength(8);
    expect(reasons(missing, 'toy')).toContain('not reached in time');
    expect(reasons(missing, 'unbuilt')).toContain('the program is not built');
    expect(
      missing.filter((text) => text.startsWith('away') && text.includes('data is not there')),
    ).toHaveLength(3);
  });

  it('does what is left, once: a second name of one specification shares its result', async () => {
    const { entries, missing, prepared } = await run(new AbortController().signal);
    expect([...prepared.keys()]).toEqual(['here']);
    expect(entries.map(({ program }) => program)).toEqual(['toy', 'same']);
    expect(entries[1]!.modelDigest).toBe(entries[0]!.modelDigest);
    expect(reasons(missing, 'wrong')).toContain('steps must be a number above 0');
    expect(lines.filter((text) => text.includes(' of 8: '))).toEqual([
      '1 of 8: here, toy, seed 1',
      '3 of 8: here, wrong, seed 1',
    ]);
  });

  it('goes by what is kept, until a program changes', async () => {
    const again = await run(AbortSignal.abort());
    expect(again.entries.map(({ program }) => program)).toEqual(['toy', 'same']);
    const bundle = join(folder, 'root', 'services', 'retrieval', 'dist', 'programs', 'popularity.mjs');
    await writeFile(bundle, `${await readFile(bundle, 'utf8')}\n// another version\n`);
    const changed = await run(AbortSignal.abort());
    expect(changed.entries).toEqual([]);
  });
});
