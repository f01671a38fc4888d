/**
 * What a thread runs: CommonJS, because a worker that is given source evaluates that. It has an instance of the kernels over
 * the shared memory, and takes pieces of whichever kernel is open.
 *
 * A thread first says that it is at the kernel (`active`) and only then looks whether it is still open; who closed it waits
 * until nobody is. So no thread reads parameters that are being written.
 */
export const threadSource = `
const { workerData } = require('node:worker_threads');
const { module, memory, scratch, names, signal, signalsAddress, signalWords, parametersAddress, looks } = workerData;
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
kernels.useScratch(scratch);
const signals = new Int32Array(memory.buffer, signalsAddress, signalWords);

function work() {
  Atomics.add(signals, signal.active, 1);
  try {
    if (Atomics.load(signals, signal.open) === 1) {
      const units = signals[signal.units];
      const chunk = signals[signal.chunk];
      const compute = kernels[names[signals[signal.kernel]]];
      for (;;) {
        const begin = Atomics.add(signals, signal.next, chunk);
        if (begin >= units) break;
        compute(parametersAddress, begin, Math.min(units, begin + chunk));
      }
    }
  } catch {
    Atomics.store(signals, signal.failed, 1);
  }
  if (Atomics.sub(signals, signal.active, 1) === 1) Atomics.notify(signals, signal.active);
}

let seen = Atomics.load(signals, signal.generation);
work();
for (;;) {
  let look = 0;
  while (Atomics.load(signals, signal.generation) === seen) {
    if (++look > looks) Atomics.wait(signals, signal.generation, seen);
  }
  seen = Atomics.load(signals, signal.generation);
  if (Atomics.load(signals, signal.quit) === 1) break;
  work();
}
`;
