import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { KernelRunner } from './backend/kernel-runner.js';
import { canaryDigest, runCanary } from './canary.js';
import { prepareKernels } from './prepare-kernels.js';
import { memory } from './tensors.js';

describe('the canary', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it('has one digest, wherever it runs', () => {
    expect(runCanary()).toBe(canaryDigest);
    expect(memory().numTensors).toBe(0);
  });

  it('runs every kernel', () => {
    const run = jest.spyOn(KernelRunner.prototype, 'run');
    runCanary();
    const called = new Set(run.mock.calls.map(([name]) => name));
    run.mockRestore();
    const module = new WebAssembly.Module(
      new Uint8Array(readFileSync(new URL('../dist/kernels.wasm', import.meta.url))),
    );
    const kernels = WebAssembly.Module.exports(module)
      .filter(({ kind, name }) => kind === 'function' && name !== 'useScratch')
      .map(({ name }) => name);
    expect(kernels.filter((name) => !called.has(name))).toEqual([]);
  });
});
