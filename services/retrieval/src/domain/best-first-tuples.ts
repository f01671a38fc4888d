/** A complete tuple of codes and the logarithm of its probability. */
export interface ScoredTuple {
  readonly codes: readonly number[];
  readonly logProbability: number;
}

/** A distribution over tuples of codes that factors level by level. */
export interface TupleChain {
  readonly levels: number;
  /**
   * Log probabilities of the codes that may follow a prefix; -Infinity for codes that must not be taken.
   * Every value is at most 0, which makes the search exact.
   */
  next(prefix: readonly number[]): ArrayLike<number>;
}

/**
 * The most probable tuples, exactly, by best-first search: a prefix is never less probable than its continuations, so
 * tuples leave the queue in order. Equal probabilities go by ascending codes.
 *
 * @param k most tuples wanted
 * @param maxPerTopCode most tuples that share their first code; 0 for no bound
 * @param beam most prefixes of one length that are continued, a cap on the work; 0 for no bound. At least as many as there
 * are prefixes of that length leave the result exact; fewer leave the best of what was continued
 */
export function bestFirstTuples(chain: TupleChain, k: number, maxPerTopCode = 0, beam = 0): ScoredTuple[] {
  const queue: ScoredTuple[] = [{ codes: [], logProbability: 0 }];
  const found: ScoredTuple[] = [];
  const perTopCode = new Map<number, number>();
  const continued = new Uint32Array(chain.levels);
  while (queue.length > 0 && found.length < k) {
    const best = pop(queue);
    const top = best.codes[0] ?? -1;
    const taken = perTopCode.get(top) ?? 0;
    if (maxPerTopCode > 0 && top >= 0 && taken >= maxPerTopCode) continue;
    if (best.codes.length === chain.levels) {
      found.push(best);
      perTopCode.set(top, taken + 1);
      continue;
    }
    if (beam > 0 && continued[best.codes.length]! >= beam) continue;
    continued[best.codes.length]!++;
    const following = chain.next(best.codes);
    for (let code = 0; code < following.length; code++) {
      const step = following[code]!;
      if (step === Number.NEGATIVE_INFINITY) continue;
      push(queue, { codes: [...best.codes, code], logProbability: best.logProbability + step });
    }
  }
  return found;
}

function precedes(a: ScoredTuple, b: ScoredTuple): boolean {
  if (a.logProbability !== b.logProbability) return a.logProbability > b.logProbability;
  // Of equals, ascending codes; a prefix comes before its continuations, so that none of them is overtaken.
  const shared = Math.min(a.codes.length, b.codes.length);
  for (let i = 0; i < shared; i++) if (a.codes[i] !== b.codes[i]) return a.codes[i]! < b.codes[i]!;
  return a.codes.length < b.codes.length;
}

function push(heap: ScoredTuple[], entry: ScoredTuple): void {
  let child = heap.length;
  heap.push(entry);
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!precedes(entry, heap[parent]!)) break;
    heap[child] = heap[parent]!;
    child = parent;
  }
  heap[child] = entry;
}

function pop(heap: ScoredTuple[]): ScoredTuple {
  const top = heap[0]!;
  const entry = heap.pop()!;
  if (heap.length === 0) return top;
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && precedes(heap[child + 1]!, heap[child]!)) child++;
    if (!precedes(heap[child]!, entry)) break;
    heap[parent] = heap[child]!;
    parent = child;
  }
  heap[parent] = entry;
  return top;
}
