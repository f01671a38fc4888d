/**
 * The `k` best items by score, best first; equal scores by ascending item index. Items with a NaN or -Infinity score
 * are never returned.
 *
 * @param scores by item index
 * @param excluded items to leave out
 * @param candidates item indices to choose from, by default all
 */
export function topItems(
  scores: ArrayLike<number>,
  k: number,
  excluded: ReadonlySet<number>,
  candidates?: ArrayLike<number>,
): Uint32Array {
  const items: number[] = [];
  const count = candidates === undefined ? scores.length : candidates.length;
  // A binary heap with the worst of the kept items on top.
  const isWorse = (a: number, b: number) => scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);
  if (k < 1) return new Uint32Array(0);
  let bar = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < count; place++) {
    const item = candidates === undefined ? place : candidates[place]!;
    const score = scores[item]!;
    // Most items end here; NaN does as well.
    if (!(score >= bar) || score === Number.NEGATIVE_INFINITY || excluded.has(item)) continue;
    if (items.length < k) {
      items.push(item);
      siftUp(items, isWorse);
      if (items.length === k) bar = scores[items[0]!]!;
    } else if (isWorse(items[0]!, item)) {
      items[0] = item;
      siftDown(items, isWorse);
      bar = scores[items[0]!]!;
    }
  }
  return Uint32Array.from(items.sort((a, b) => (isWorse(a, b) ? 1 : -1)));
}

function siftUp(heap: number[], isWorse: (a: number, b: number) => boolean): void {
  let place = heap.length - 1;
  while (place > 0) {
    const parent = (place - 1) >>> 1;
    if (!isWorse(heap[place]!, heap[parent]!)) return;
    swap(heap, place, parent);
    place = parent;
  }
}

function siftDown(heap: number[], isWorse: (a: number, b: number) => boolean): void {
  let place = 0;
  for (;;) {
    let worst = place;
    for (const child of [2 * place + 1, 2 * place + 2]) {
      if (child < heap.length && isWorse(heap[child]!, heap[worst]!)) worst = child;
    }
    if (worst === place) return;
    swap(heap, place, worst);
    place = worst;
  }
}

function swap(heap: number[], a: number, b: number): void {
  const moved = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = moved;
}
