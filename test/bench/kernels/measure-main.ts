/** Times one workload on one backend, in a process of its own: `measure-main BACKEND THREADS WORKLOAD RUNS`. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { prepareKernels } from '@isthmus/kernels';
import { openTensorflow } from '@isthmus/trainer';
import { onnxEncoder } from './onnx-encoder.js';
import { encoderItems, encoderSize, type Workload, workload } from './workloads.js';

/** What is printed, as JSON: milliseconds of each run on the clock and of processors. */
export interface Measurement {
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly operations?: number;
}

const [backend, threads, name, runs] = process.argv.slice(2) as [string, string, string, string];
const timed = backend === 'onnxruntime' ? await onnxWorkload(name, Number(threads)) : await tensorWorkload();
const operations = 'operations' in timed ? { operations: timed.operations as number } : {};
const measurement: Measurement = { ...(await measure(timed.run)), ...operations };
process.stdout.write(`${JSON.stringify(measurement)}\n`);
process.exit(0);

async function measure(run: () => void | Promise<void>): Promise<Measurement> {
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  // Long runs warm up by themselves.
  const warmUps = Number(runs) > 1 ? 3 : 0;
  for (let i = -warmUps; i < Number(runs); i++) {
    const cpu = process.cpuUsage();
    const began = performance.now();
    await run();
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    if (i < 0) continue;
    wallMs.push(wall);
    cpuMs.push((user + system) / 1000);
  }
  return { wallMs, cpuMs };
}

async function tensorWorkload(): Promise<Workload> {
  const spawn = (source: string, workerData: unknown) => {
    new Worker(source, { eval: true, workerData }).unref();
  };
  await prepareKernels({ threads: backend === 'isthmus' ? Number(threads) : 1, spawn });
  if (backend === 'tfjs-wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (backend === 'tfjs-node') await openTensorflow();
  const { ready, setBackend } = await import('@tensorflow/tfjs-core');
  await setBackend(backend === 'tfjs-wasm' ? 'wasm' : backend === 'tfjs-node' ? 'tensorflow' : 'isthmus');
  await ready();
  return workload(name);
}

/** The part of onnxruntime-node's interface that is used; it is installed beside the repository, see `bench-main`. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<Record<string, { data: Float32Array }>> }>;
  };
  readonly Tensor: new (type: string, data: BigInt64Array, shape: readonly number[]) => object;
}

async function onnxWorkload(encoder: string, threadCount: number): Promise<{ run: () => Promise<void> }> {
  const sequences = Number(encoder.replace('encoder-', ''));
  const ort = createRequire(`${process.env.ISTHMUS_BENCH_PEERS}/`)('onnxruntime-node') as OnnxRuntime;
  const session = await ort.InferenceSession.create(onnxEncoder(encoderSize, sequences), {
    intraOpNumThreads: threadCount,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const data = BigInt64Array.from(encoderItems(sequences), BigInt);
  const feeds = { items: new ort.Tensor('int64', data, [sequences, encoderSize.length]) };
  const ours = await referenceStates(sequences);
  const states = (await session.run(feeds)).states?.data as Float32Array;
  const worst = states.reduce((most, value, i) => Math.max(most, Math.abs(value - (ours[i] as number))), 0);
  if (!(worst < 1e-3)) throw new Error(`The peers compute different things: states differ by ${worst}`);
  return {
    run: async () => {
      await session.run(feeds);
    },
  };
}

/** Our states for the same items: peers are timed on the same computation or not at all. */
async function referenceStates(sequences: number): Promise<Float32Array> {
  await prepareKernels();
  return workload(`encoder-${sequences}`).states?.() as Float32Array;
}
