import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@isthmus/proof';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AllowedPrograms } from './allowed-programs.js';

const listed = 'a'.repeat(64);
const [first, second] = ['export const bundle = 1;', 'export const bundle = 2;'];
const digestOf = (text: string) => sha256Hex(new TextEncoder().encode(text));

describe('the allowed programs', () => {
  let folder: string;
  let nowMs = 5_000;
  const clock = { now: () => nowMs, monotonic: () => nowMs };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-programs-'));
    await writeFile(join(folder, 'first.mjs'), first);
    await writeFile(join(folder, 'notes.txt'), second);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('are those listed and the modules of the folders, also those built later', async () => {
    const programs = await AllowedPrograms.open([listed], [folder], clock);
    expect(await programs.including(listed)).toEqual(new Set([listed, digestOf(first)]));
    await writeFile(join(folder, 'second.mjs'), second);
    expect((await programs.including(digestOf(second))).has(digestOf(second))).toBe(false);
    nowMs += 1_000;
    expect((await programs.including(digestOf(second))).has(digestOf(second))).toBe(true);
  });

  it('need folders that can be read', async () => {
    await expect(AllowedPrograms.open([], [join(folder, 'missing')], clock)).rejects.toThrow(
      /cannot be read/,
    );
  });
});
