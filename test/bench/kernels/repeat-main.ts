/**
 * `npm run repeat:kernels`: a hundred trainings of twenty steps, on thread counts drawn at random and while other processes keep the
 * machine busy, end in one digest or the command fails.
 */
import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { prepareKernels } from '@isthmus/kernels';
import { twentySteps } from './workloads.js';

const runs = Number(process.argv[2] ?? '100');
const workers: Worker[] = [];
const spawn = (source: string, workerData: unknown): void => {
  const worker = new Worker(source, { eval: true, workerData });
  worker.unref();
  workers.push(worker);
};

const load = Array.from({ length: availableParallelism() }, busyProcess);
const digests = new Map<string, number>();
try {
  for (let run = 0; run < runs; run++) {
    const threads = 1 + Math.floor(Math.random() * 8);
    await prepareKernels({ threads, spawn });
    const hash = createHash('sha256');
    for (const array of twentySteps())
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    const digest = hash.digest('hex');
    digests.set(digest, (digests.get(digest) ?? 0) + 1);
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  }
} finally {
  for (const child of load) child.kill('SIGKILL');
}
for (const [digest, count] of digests) process.stdout.write(`${count} of ${runs} runs: ${digest}\n`);
process.exit(digests.size === 1 ? 0 : 1);

function busyProcess(): ChildProcess {
  return spawnProcess(process.execPath, ['-e', 'for (let x = 0; ; x += Math.sin(x));'], { stdio: 'ignore' });
}
