import { registerGradients } from './gradients/register-gradients.js';
import { scoped } from './scoped.js';
import { engine, keep, type Scalar, type Tensor, tensor } from './tensors.js';

/** A parameter outside the tensor library: float32, row-major. The state tensors of a program have this shape. */
export interface ParameterArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Value, gradients and side results of a function of parameters. */
export interface Differentiated<Name extends string, Output extends string> {
  readonly value: number;
  /** By name of the parameter, as long as the parameter; zeros where the value does not depend on it. */
  readonly gradients: Record<Name, Float32Array>;
  readonly outputs: Record<Output, Float32Array>;
}

/** What a differentiated function gives: the scalar, and tensors that the caller wants to read beside it. */
export interface Objective<Output extends string> {
  readonly value: Tensor;
  readonly outputs?: Readonly<Record<Output, Tensor>>;
}

/**
 * Evaluates a scalar function of named parameters and its gradient with respect to each, and leaves no tensor behind.
 * Throws where no parameter reaches the value.
 */
export function valueAndGradients<Name extends string, Output extends string = never>(
  parameters: Readonly<Record<Name, ParameterArray>>,
  objective: (tensors: Record<Name, Tensor>) => Objective<Output>,
): Differentiated<Name, Output> {
  const gradients = {} as Record<Name, Float32Array>;
  const { value, outputs } = differentiate(parameters, objective, (name, gradient) => {
    gradients[name] = gradient?.dataSync<'float32'>() ?? new Float32Array(parameters[name].data.length);
  });
  return { value, gradients, outputs };
}

/**
 * As {@link valueAndGradients}, but hands each gradient over as a tensor, undefined where the value does not depend on the
 * parameter. It is disposed of afterwards.
 */
export function differentiate<Name extends string, Output extends string = never>(
  parameters: Readonly<Record<Name, ParameterArray>>,
  objective: (tensors: Record<Name, Tensor>) => Objective<Output>,
  take: (name: Name, gradient: Tensor | undefined) => void,
): Omit<Differentiated<Name, Output>, 'gradients'> {
  registerGradients();
  const names = Object.keys(parameters) as Name[];
  const kept: [Output, Tensor][] = [];
  try {
    return scoped(() => {
      const inputs = names.map((name) => tensor(parameters[name].data, parameters[name].shape as number[]));
      const evaluate = (...tensors: Tensor[]): Scalar => {
        const byName = Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as Record<Name, Tensor>;
        const { value, outputs } = objective(byName);
        for (const [name, output] of Object.entries(outputs ?? {}) as [Output, Tensor][]) {
          kept.push([name, keep(output)]);
        }
        return value as Scalar;
      };
      const { value, grads } = engine().gradients(() => evaluate(...inputs), inputs, undefined, true);
      names.forEach((name, i) => {
        take(name, grads[i] ?? undefined);
      });
      const outputs = {} as Record<Output, Float32Array>;
      for (const [name, output] of kept) outputs[name] = output.dataSync<'float32'>();
      return { value: value.dataSync()[0] as number, outputs };
    });
  } finally {
    for (const [, output] of kept) output.dispose();
  }
}
