/** `npm run profile:kernels`: where the time of a training step goes, kernel by kernel, into `docs/results/kernels-profile`. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { prepareKernels } from '@isthmus/kernels';
import { writeResults } from '@isthmus/trainer';
import { KernelProfiler, type KernelTime, outside } from './kernel-profiler.js';
import { type StepPhase, trainingStep } from './workloads.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const steps = Number(process.env.ISTHMUS_BENCH_STEPS ?? 31);
const phases: readonly StepPhase[] = ['forward', 'backward', 'optimiser'];

const alone = await profile(1);
const together = await profile(2);
const total = alone.reduce((sum, { medianMs }) => sum + medianMs, 0);
const rows = alone
  .map((time) => ({
    time,
    two: together.find(({ phase, name }) => phase === time.phase && name === time.name),
  }))
  .sort((a, b) => placeOf(a.time) - placeOf(b.time) || b.time.medianMs - a.time.medianMs)
  .map(({ time, two }) => ({
    phase: time.phase,
    kernel: time.name,
    calls: time.name === outside ? null : time.calls,
    'ms, one thread': time.medianMs,
    'share, %': (100 * time.medianMs) / total,
    'ms, two threads': two?.medianMs ?? null,
    'GFLOP/s, one thread': time.operations === 0 ? null : time.operations / time.medianMs / 1e6,
  }));
for (const row of [...rows, ...sums()]) process.stdout.write(`${JSON.stringify(row)}\n`);

await writeResults(root, {
  name: 'kernels-profile',
  title: 'Where a training step spends its time',
  notes: [
    `The training step of \`npm run bench:kernels\`, ${steps} times on one thread and on two; medians of the time that each kernel ` +
      'took in a step, all its calls together. Matrix products stand by their rows, depth and columns, ᵀ where an operand is ' +
      'stored transposed. What is outside of kernels is tfjs: its tape, its dispatch, and copying indices in.',
    ...sums().map(
      (sum) =>
        `**${sum.part}**: ${sum['ms, one thread'].toPrecision(4)} ms on one thread (${sum['share, %'].toPrecision(3)} %), ` +
        `${sum['ms, two threads'].toPrecision(4)} ms on two.`,
    ),
  ],
  command: 'npm run profile:kernels',
  seeds: [1, 2],
  rows,
  measured: {},
});
process.exit(0);

function placeOf({ phase }: KernelTime): number {
  return phases.indexOf(phase as StepPhase);
}

/** Time of each kernel in a step on so many threads. */
async function profile(threads: number): Promise<KernelTime[]> {
  await prepareKernels({
    threads,
    spawn: (source, workerData) => {
      new Worker(source, { eval: true, workerData }).unref();
    },
  });
  const profiler = new KernelProfiler(() => performance.now());
  const { run } = trainingStep((phase) => profiler.enter(phase));
  for (let step = -5; step < steps; step++) {
    if (step === 0) profiler.forget();
    profiler.step(run);
  }
  profiler.stop();
  return profiler.times();
}

/** The rows by what they are. */
function sums() {
  const part = (name: string, includes: (kernel: string) => boolean) => {
    const mine = rows.filter(({ kernel }) => includes(kernel));
    const sum = (column: 'ms, one thread' | 'share, %' | 'ms, two threads'): number =>
      mine.reduce((total, row) => total + (row[column] ?? 0), 0);
    return {
      part: name,
      'ms, one thread': sum('ms, one thread'),
      'share, %': sum('share, %'),
      'ms, two threads': sum('ms, two threads'),
    };
  };
  const isProduct = (kernel: string): boolean => kernel.startsWith('matMul');
  const isOutside = (kernel: string): boolean => kernel === outside;
  return [
    part('Matrix products', isProduct),
    part('Other kernels', (kernel) => !isProduct(kernel) && !isOutside(kernel)),
    part('Outside of kernels', isOutside),
    part('The step', () => true),
  ];
}
