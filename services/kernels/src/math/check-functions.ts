import { Worker } from 'node:worker_threads';
import { allInputs } from './check-span.js';
import type { SpanRequest } from './check-worker.js';
import { joinErrors, noError, type UlpError } from './ulp-error.js';

const spanPatterns = 2 ** 26;

/**
 * Compares the functions at `places` with their references on every `stride`-th float32 bit pattern, on `threads` threads.
 * @param told is called with the finished error of each function, in the order in which they finish
 */
export async function checkFunctions(
  places: readonly number[],
  stride: number,
  threads: number,
  told: (place: number, error: UlpError) => void,
): Promise<void> {
  const requests = places.flatMap((place) => spansOf(stride).map((span): SpanRequest => ({ place, span })));
  const found = new Map(places.map((place) => [place, { error: noError(), left: spansOf(stride).length }]));
  let next = 0;

  const workOff = async (worker: Worker): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const error = await ask(worker, request);
      const entry = found.get(request.place)!;
      entry.error = joinErrors(entry.error, error);
      if (--entry.left === 0) told(request.place, entry.error);
    }
  };

  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./check-worker.js', import.meta.url)),
  );
  try {
    await Promise.all(workers.map(workOff));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function spansOf(stride: number): SpanRequest['span'][] {
  return Array.from({ length: allInputs / spanPatterns }, (_, index) => ({
    first: index * spanPatterns,
    end: (index + 1) * spanPatterns,
    stride,
  }));
}

function ask(worker: Worker, request: SpanRequest): Promise<UlpError> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answered);
      worker.off('error', failed);
    };
    const answered = (error: UlpError): void => {
      settle();
      resolve(error);
    };
    const failed = (cause: Error): void => {
      settle();
      reject(cause);
    };
    worker.on('message', answered);
    worker.on('error', failed);
    worker.postMessage(request);
  });
}
