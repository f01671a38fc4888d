import { IsthmusBackend } from './backend/isthmus-backend.js';
import { KernelArena } from './backend/kernel-memory.js';
import type { RecordedCall } from './backend/kernel-runner.js';
import { scoped } from './scoped.js';
import { backend, keep, type Tensor, tensor } from './tensors.js';

/** An input of a plan: shape and type are fixed, values change from run to run. */
export interface PlanInput {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** Values of an input or an output, row-major. */
export type PlanValues = Float32Array | Int32Array;

/** A forward pass that was captured once and is repeated without dispatch, in memory of its own. */
export interface InferencePlan<Input extends string, Output extends string> {
  /**
   * Computes the outputs for other values of the inputs; they are those of the eager pass, bit for bit. Throws a RangeError
   * for values of another length, and what a kernel throws for these values.
   */
  run(values: Readonly<Record<Input, PlanValues>>): Record<Output, Float32Array>;
  /** Gives the memory back. The plan cannot run any more. */
  dispose(): void;
}

/**
 * Captures a forward pass. `forward` must make the same operations whatever the values: it may not read them. Tensors from
 * outside that it uses (weights) stay where they are, and must live as long as the plan.
 *
 * On a backend that is not ours nothing is captured: each run is an eager pass.
 */
export function capturePlan<Input extends string, Output extends string>(
  inputs: Readonly<Record<Input, PlanInput>>,
  forward: (tensors: Record<Input, Tensor>) => Record<Output, Tensor>,
): InferencePlan<Input, Output> {
  const current = backend();
  return current instanceof IsthmusBackend ? captured(current, inputs, forward) : eager(inputs, forward);
}

function captured<Input extends string, Output extends string>(
  own: IsthmusBackend,
  inputs: Readonly<Record<Input, PlanInput>>,
  forward: (tensors: Record<Input, Tensor>) => Record<Output, Tensor>,
): InferencePlan<Input, Output> {
  const arena = new KernelArena();
  const places = {} as Record<Input, { address: number; count: number; dtype: string }>;
  const results: { name: Output; address: number; count: number }[] = [];
  const held: Tensor[] = [];
  let calls: RecordedCall[] = [];
  const capture = (): void =>
    scoped(() => {
      const tensors = {} as Record<Input, Tensor>;
      for (const name of Object.keys(inputs) as Input[]) {
        const { shape, dtype } = inputs[name];
        const placeholder = keep(tensor(zeros(inputs[name]), shape as number[], dtype));
        held.push(placeholder);
        tensors[name] = placeholder;
        places[name] = { address: own.address(placeholder), count: placeholder.size, dtype };
      }
      calls = own.runner.record(() => {
        for (const [name, output] of Object.entries(forward(tensors)) as [Output, Tensor][]) {
          held.push(keep(output));
          results.push({ name, address: own.address(output), count: output.size });
        }
      });
    });
  const release = (): void => {
    own.inArena(arena, () => {
      for (const kept of held) kept.dispose();
    });
    own.releaseArena(arena);
  };
  try {
    own.inArena(arena, capture);
  } catch (error) {
    release();
    throw error;
  }
  let isDisposed = false;
  return {
    run(values) {
      if (isDisposed) throw new Error('The plan was disposed of');
      const { memory } = own.runner;
      for (const name of Object.keys(places) as Input[]) {
        const { address, count, dtype } = places[name];
        if (values[name].length !== count) {
          throw new RangeError(`The input ${name} has ${values[name].length} values, the plan ${count}`);
        }
        (dtype === 'float32' ? memory.floats : memory.integers).set(values[name], address / 4);
      }
      own.runner.replay(calls);
      const outputs = {} as Record<Output, Float32Array>;
      for (const { name, address, count } of results) {
        outputs[name] = memory.floats.slice(address / 4, address / 4 + count);
      }
      return outputs;
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      release();
    },
  };
}

function eager<Input extends string, Output extends string>(
  inputs: Readonly<Record<Input, PlanInput>>,
  forward: (tensors: Record<Input, Tensor>) => Record<Output, Tensor>,
): InferencePlan<Input, Output> {
  return {
    run: (values) =>
      scoped(() => {
        const tensors = {} as Record<Input, Tensor>;
        for (const name of Object.keys(inputs) as Input[]) {
          const { shape, dtype } = inputs[name];
          tensors[name] = tensor(values[name], shape as number[], dtype);
        }
        const outputs = {} as Record<Output, Float32Array>;
        for (const [name, output] of Object.entries(forward(tensors)) as [Output, Tensor][]) {
          outputs[name] = output.dataSync<'float32'>();
        }
        return outputs;
      }),
    dispose: () => undefined,
  };
}

function zeros({ shape, dtype }: PlanInput): PlanValues {
  const count = shape.reduce((total, size) => total * size, 1);
  return dtype === 'float32' ? new Float32Array(count) : new Int32Array(count);
}
