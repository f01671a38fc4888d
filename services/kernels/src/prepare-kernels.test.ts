import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { prepareKernels } from './prepare-kernels.js';
import { getBackend, memory } from './tensors.js';

const package_ = join(dirname(fileURLToPath(import.meta.url)), '..');

describe('prepareKernels', () => {
  it('readies our backend and names its arithmetic', async () => {
    const profile = await prepareKernels();
    expect(getBackend()).toBe('isthmus');
    expect(profile.name).toBe('isthmus-wasm-simd');
    expect(profile.wasmSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(profile.canarySha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await prepareKernels()).toEqual(profile);
  });

  it('leaves no tensor behind after the canary', async () => {
    await prepareKernels();
    expect(memory().numTensors).toBe(0);
  });

  it('gives the same arithmetic inside a bundle that runs far from node_modules', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kernels-'));
    try {
      const source = join(package_, 'src', 'bundle-example.ts');
      const outfile = join(directory, 'program.mjs');
      await build({
        stdin: {
          contents: `import { prepareKernels } from '@isthmus/kernels';
console.log(JSON.stringify(await prepareKernels()));`,
          resolveDir: dirname(source),
        },
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        loader: { '.wasm': 'binary' },
        outfile,
        logLevel: 'error',
      });
      await writeFile(join(directory, 'package.json'), '{"type":"module"}');
      const { stdout } = await promisify(execFile)(process.execPath, [outfile], { cwd: directory });
      expect(JSON.parse(stdout)).toEqual(await prepareKernels());
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
