import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { KernelRunner } from './backend/kernel-runner.js';
import { runCanary } from './canary.js';
import { prepareKernels } from './prepare-kernels.js';
import { memory } from './tensors.js';

/** One digest for every version of Node, every processor and every number of threads. A change of a kernel's bits changes it. */
const digest = 'ab6d3bce239ff2095d41b704e0d6fbfffc43c13d7f61a6d5268f3a02c4fec631';

describe('the canary', () => {
  beforeAll(async () => {
    await prepareKernels();
  });

  it('has one digest, wherever it runs', () => {
    expect(runCanary()).toBe(digest);
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
