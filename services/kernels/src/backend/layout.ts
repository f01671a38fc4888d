/** One axis of a loop over elements: its size, and how far apart its elements lie in each operand. */
export interface LoopAxis {
  readonly size: number;
  readonly strides: readonly number[];
}

/** Distance in elements between neighbours along each axis of a row-major tensor. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** Strides of an operand as the output of a broadcast sees it: zero along the axes on which it is repeated. */
export function broadcastStrides(shape: readonly number[], outShape: readonly number[]): number[] {
  const own = rowMajorStrides(shape);
  const missing = outShape.length - shape.length;
  return outShape.map((_, axis) => {
    const at = axis - missing;
    return at < 0 || shape[at] === 1 ? 0 : (own[at] as number);
  });
}

/**
 * The axes of a loop, with those of size one left out and neighbours joined where no operand tells them apart. At least
 * one axis remains; it is the innermost.
 */
export function joinedAxes(sizes: readonly number[], strides: readonly (readonly number[])[]): LoopAxis[] {
  const joined: LoopAxis[] = [];
  sizes.forEach((size, axis) => {
    if (size === 1) return;
    const own = strides.map((operand) => operand[axis] as number);
    const outer = joined[joined.length - 1];
    if (outer?.strides.every((stride, i) => stride === (own[i] as number) * size)) {
      joined[joined.length - 1] = { size: outer.size * size, strides: own };
    } else {
      joined.push({ size, strides: own });
    }
  });
  return joined.length > 0 ? joined : [{ size: 1, strides: strides.map(() => 1) }];
}

/** Product of sizes. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

/** Axes as numbers from 0, ascending: -1 is the last. */
export function ascendingAxes(axes: number | readonly number[] | null | undefined, rank: number): number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : [...axes];
  return list.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
}
