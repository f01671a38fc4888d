/** Ordered pairs of items with weights, in the order in which they were found. Grows as it is filled. */
export class ItemPairs {
  #sources = new Uint32Array(64);
  #targets = new Uint32Array(64);
  #weights = new Float64Array(64);
  #size = 0;

  /** Number of pairs; a pair that was found twice counts twice. */
  get size(): number {
    return this.#size;
  }
  get sources(): Uint32Array {
    return this.#sources.subarray(0, this.#size);
  }
  get targets(): Uint32Array {
    return this.#targets.subarray(0, this.#size);
  }
  get weights(): Float64Array {
    return this.#weights.subarray(0, this.#size);
  }

  /** Adds one pair. */
  add(source: number, target: number, weight: number): void {
    if (this.#size === this.#sources.length) this.#grow();
    this.#sources[this.#size] = source;
    this.#targets[this.#size] = target;
    this.#weights[this.#size] = weight;
    this.#size++;
  }

  /** Forgets all pairs and keeps the memory. */
  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const capacity = 2 * this.#size;
    const { sources, targets, weights } = this;
    this.#sources = new Uint32Array(capacity);
    this.#targets = new Uint32Array(capacity);
    this.#weights = new Float64Array(capacity);
    this.#sources.set(sources);
    this.#targets.set(targets);
    this.#weights.set(weights);
  }
}

/** How the pairs of one user are found. */
export type PairRule =
  /** Every two different items that the user has, in both directions, with weight 1. */
  | { readonly kind: 'basket' }
  /** An item and what follows it within `window` events; nearer followers weigh more, or all the same. */
  | { readonly kind: 'following'; readonly window: number; readonly gapWeight: 'inverse' | 'uniform' };

/**
 * Adds the pairs of one user.
 * @param items what the user took, oldest first
 * @param isTarget by item, 1 where pairs may lead to it
 */
export function addUserPairs(
  rule: PairRule,
  items: ArrayLike<number>,
  isTarget: Uint8Array,
  pairs: ItemPairs,
): void {
  if (rule.kind === 'basket') {
    const basket = [...new Set(Array.from(items))];
    for (const source of basket)
      for (const target of basket) if (source !== target && isTarget[target]) pairs.add(source, target, 1);
    return;
  }
  for (let position = 1; position < items.length; position++) {
    const target = items[position]!;
    if (!isTarget[target]) continue;
    for (let gap = 1; gap <= Math.min(rule.window, position); gap++)
      pairs.add(items[position - gap]!, target, rule.gapWeight === 'inverse' ? 1 / gap : 1);
  }
}
