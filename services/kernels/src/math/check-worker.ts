/** A thread of `npm run check:ulp`: takes spans of inputs and answers with the error over each. */
import { parentPort } from 'node:worker_threads';
import { checkSpan } from './check-span.js';
import { elementaryFunctions } from './elementary-functions.js';
import { loadMathCheck } from './math-check-module.js';

/** What a thread is asked for. */
export interface SpanRequest {
  /** Place of the function in the list. */
  readonly place: number;
  readonly span: { readonly first: number; readonly end: number; readonly stride: number };
}

const check = await loadMathCheck();
parentPort!.on('message', ({ place, span }: SpanRequest) => {
  parentPort!.postMessage(checkSpan(check, elementaryFunctions[place]!, span));
});
