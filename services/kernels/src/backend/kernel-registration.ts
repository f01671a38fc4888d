import { type KernelConfig, type NamedAttrMap, registerKernel, type TensorInfo } from '../tensors.js';
import type { IsthmusBackend } from './isthmus-backend.js';

/** Name under which tfjs knows our backend. */
export const backendName = 'isthmus';

/** What a kernel of tfjs is called with. */
export interface KernelCall<Attributes> {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attributes: Attributes;
  readonly backend: IsthmusBackend;
}

/** Computes the outputs of one operation. */
export type KernelBody<Attributes> = (call: KernelCall<Attributes>) => TensorInfo | TensorInfo[];

/**
 * One operation of tfjs, by its kernel name, on our backend. Names that begin with `Isthmus` are operations that tfjs has no
 * kernel for, because it composes them of several; other backends have none of them and compose (`hasFused`).
 */
export function kernel<Attributes = NamedAttrMap>(
  kernelName: string,
  body: KernelBody<Attributes>,
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      body({
        inputs: inputs as unknown as Readonly<Record<string, TensorInfo>>,
        attributes: (attrs ?? {}) as Attributes,
        backend: backend as IsthmusBackend,
      }),
  };
}

/** Makes kernels known to tfjs. */
export function registerAll(configs: readonly KernelConfig[]): void {
  for (const config of configs) registerKernel(config);
}

/** An input that the operation cannot do without. */
export function input(inputs: Readonly<Record<string, TensorInfo>>, name: string): TensorInfo {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`The input ${name} is missing`);
  return tensor;
}
