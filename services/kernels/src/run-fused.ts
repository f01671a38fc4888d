import { engine, getBackend, getKernel, type Tensor } from './tensors.js';

/** Inputs of a fused operation, by name. */
export type FusedInputs = Readonly<Record<string, Tensor>>;

/** Whether the backend in use has the fused operations of ours; others compose them of what they have. */
export function hasFused(): boolean {
  return getKernel('IsthmusLinear', getBackend()) !== undefined;
}

/** Runs a fused operation that has one output. No gradient passes through it: the caller states its own. */
export function runFused(name: string, inputs: FusedInputs, attributes: object = {}): Tensor {
  return engine().runKernel(name, inputs as never, attributes as never) as Tensor;
}

/** As {@link runFused}, for an operation that has several. */
export function runFusedAll(name: string, inputs: FusedInputs, attributes: object = {}): Tensor[] {
  return engine().runKernel(name, inputs as never, attributes as never) as Tensor[];
}
