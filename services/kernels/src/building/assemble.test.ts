import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assemble, refuseLooseInstructions } from './assemble.js';

describe('assemble', () => {
  it('gives the same module for the same source, wherever it lies', async () => {
    const source = 'export function two(): void { v128.store(0, f32x4.splat(2)); }';
    const built = [];
    for (const name of ['first-', 'second-']) {
      const folder = await mkdtemp(join(tmpdir(), name));
      await writeFile(join(folder, 'index.ts'), source);
      built.push(await assemble(folder, 'index.ts', join(folder, 'out.wasm')));
      expect((await assemble(folder, 'index.ts', join(folder, 'out.wasm'))).changed).toBe(false);
      await rm(folder, { recursive: true });
    }
    expect(built[0]).toEqual(built[1]);
  });

  it('shows the faults of a source', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faulty-'));
    await writeFile(join(folder, 'index.ts'), 'export function f(): i32 { return missing; }');
    await expect(assemble(folder, 'index.ts', join(folder, 'out.wasm'))).rejects.toThrow(
      "Cannot find name 'missing'",
    );
    await rm(folder, { recursive: true });
  });

  it.each(['f32x4.relaxed_madd', 'f32x4.relaxed_min', 'i8x16.relaxed_swizzle'])(
    'refuses %s',
    (instruction) => {
      expect(() => refuseLooseInstructions(`(func local.get 0 ${instruction})`)).toThrow(instruction);
      expect(() => refuseLooseInstructions('(func local.get 0 f32x4.mul f32x4.add)')).not.toThrow();
    },
  );
});
