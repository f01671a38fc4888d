#!/usr/bin/env node
/** Prints the kernel profile of this machine as JSON; with a number of threads, the canary is computed on so many again. */
import { Worker } from 'node:worker_threads';
import { runCanary } from './canary.js';
import { prepareKernels } from './prepare-kernels.js';

const spawn = (source: string, workerData: unknown): void => {
  new Worker(source, { eval: true, workerData }).unref();
};

const profile = await prepareKernels();
const threads = Number(process.argv[2] ?? '1');
await prepareKernels({ threads, spawn, divideAll: true });
const { version, arch } = process;
process.stdout.write(
  `${JSON.stringify({ ...profile, canarySha256: runCanary(), node: version, arch, threads })}\n`,
);
process.exit(0);
