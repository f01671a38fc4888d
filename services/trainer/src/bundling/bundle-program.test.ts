import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleProgram } from './bundle-program.js';

// The smallest WebAssembly module: magic number and version.
const emptyModule = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

const entrySource = `
import { createHash } from 'node:crypto';
import wasm from './kernels.wasm';
import { half } from './half.js';
export const bundle = { wasm, half, digest: createHash('sha256').update(wasm).digest('hex') };
`;

describe('bundleProgram', () => {
  let first: string;
  let second: string;

  beforeAll(async () => {
    first = await checkout('isthmus-a-');
    second = await checkout('isthmus-another-name-');
  });

  afterAll(async () => {
    await rm(first, { recursive: true });
    await rm(second, { recursive: true });
  });

  it('gives the same bytes in every checkout', async () => {
    const a = await bundleIn(first, 'program.ts');
    const b = await bundleIn(second, 'program.ts');
    expect(a.digest).toBe(b.digest);
    const text = await readFile(join(first, 'out', 'program.ts.mjs'), 'utf8');
    expect(text).not.toContain(tmpdir());
    expect(text).not.toContain('sourceMappingURL');
  });

  it('carries the WebAssembly inside', async () => {
    await bundleIn(first, 'program.ts');
    const { bundle } = await import(join(first, 'out', 'program.ts.mjs'));
    expect(Array.from(bundle.wasm as Uint8Array)).toEqual(Array.from(emptyModule));
    expect(bundle.half).toBe(0.5);
  });

  it('writes the file only where its bytes change', async () => {
    await bundleIn(second, 'program.ts');
    expect((await bundleIn(second, 'program.ts')).changed).toBe(false);
  });

  it('refuses a program that reaches for files', async () => {
    await writeFile(
      join(first, 'src', 'reader.ts'),
      "import { readFileSync } from 'node:fs';\nexport const bundle = readFileSync;\n",
    );
    await expect(bundleIn(first, 'reader.ts')).rejects.toThrow("cannot import 'node:fs'");
  });
});

async function checkout(prefix: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), prefix));
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'src', 'program.ts'), entrySource);
  await writeFile(join(root, 'src', 'half.ts'), 'export const half: number = 0.5;\n');
  await writeFile(join(root, 'src', 'kernels.wasm'), emptyModule);
  return root;
}

function bundleIn(root: string, name: string) {
  return bundleProgram({ root, entry: join(root, 'src', name), outFile: join(root, 'out', `${name}.mjs`) });
}
