import {
  cast,
  concat,
  div,
  equal,
  type GradConfig,
  mul,
  ones,
  pad,
  reshape,
  slice,
  slice_util,
  split,
  stack,
  type Tensor,
  transpose,
  unstack,
  util,
} from '../tensors.js';

/** Gradients of the operations that move elements or reduce axes. */
export const shapeGradients: readonly GradConfig[] = [
  {
    kernelName: 'Reshape',
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => reshape(dy as Tensor, (saved[0] as Tensor).shape) }),
  },
  {
    kernelName: 'ExpandDims',
    inputsToSave: ['input'],
    gradFunc: (dy, saved) => ({ input: () => reshape(dy as Tensor, (saved[0] as Tensor).shape) }),
  },
  {
    kernelName: 'Transpose',
    gradFunc: (dy, _saved, attributes) => ({
      x: () => transpose(dy as Tensor, inversePermutation(attribute<number[]>(attributes, 'perm'))),
    }),
  },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const axis = axesOf(attribute<number>(attributes, 'axis'), saved[0] as Tensor)[0] as number;
      const sizes = saved.map((part) => part.shape[axis] as number);
      return byPosition(split(dy as Tensor, sizes, axis));
    },
  },
  {
    kernelName: 'SplitV',
    gradFunc: (dy, _saved, attributes) => ({
      x: () => concat(dy as Tensor[], attribute<number>(attributes, 'axis')),
    }),
  },
  {
    kernelName: 'Pack',
    saveAllInputs: true,
    gradFunc: (dy, _saved, attributes) =>
      byPosition(unstack(dy as Tensor, attribute<number>(attributes, 'axis'))),
  },
  {
    kernelName: 'Unpack',
    gradFunc: (dy, _saved, attributes) => ({
      value: () => stack(dy as Tensor[], attribute<number>(attributes, 'axis')),
    }),
  },
  {
    kernelName: 'Slice',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const x = saved[0] as Tensor;
      const [begin, size] = slice_util.parseSliceParams(
        x,
        attribute<number[]>(attributes, 'begin'),
        attribute<number[]>(attributes, 'size'),
      ) as [number[], number[]];
      const margins = x.shape.map((extent, axis): [number, number] => {
        const before = begin[axis] as number;
        return [before, extent - before - (size[axis] as number)];
      });
      return { x: () => pad(dy as Tensor, margins) };
    },
  },
  {
    kernelName: 'PadV2',
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const before = attribute<[number, number][]>(attributes, 'paddings').map(([first]) => first);
      return { x: () => slice(dy as Tensor, before, (saved[0] as Tensor).shape) };
    },
  },
  reduction('Sum', 'axis', (dy, x) => mul(dy, ones(x.shape))),
  reduction('Mean', 'axis', (dy, x) => div(mul(dy, ones(x.shape)), x.size / dy.size)),
  // Where several elements share the maximum, each of them gets the whole gradient, as in tfjs.
  reduction('Max', 'reductionIndices', (dy, x, y) => mul(dy, cast(equal(x, y), 'float32'))),
];

function reduction(
  kernelName: string,
  axisName: string,
  gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor,
): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const [x, y] = saved as [Tensor, Tensor];
      const axes = axesOf(attribute<number | number[]>(attributes, axisName), x);
      const shape = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
      return { x: () => gradient(reshape(dy as Tensor, shape), x, reshape(y, shape)) };
    },
  };
}

function byPosition(parts: Tensor[]): Record<string, () => Tensor> {
  return Object.fromEntries(parts.map((part, i) => [String(i), () => part]));
}

function axesOf(axis: number | number[], x: Tensor): number[] {
  return util.parseAxisParam(axis, x.shape);
}

function attribute<T>(attributes: object, name: string): T {
  return (attributes as Record<string, unknown>)[name] as T;
}

function inversePermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((from, to) => {
    inverse[from] = to;
  });
  return inverse;
}
