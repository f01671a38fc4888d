import { capturePlan, type InferencePlan, type PlanInput, type PlanValues } from './inference-plan.js';
import { scoped } from './scoped.js';
import { type Tensor, tensor } from './tensors.js';

/** A forward pass of one shape. */
export interface ShapedPass<Input extends string, Output extends string> {
  /** Name of the shape: passes of one name make the same operations. Undefined for one that will not come again. */
  readonly key: string | undefined;
  readonly inputs: Readonly<Record<Input, PlanInput>>;
  readonly forward: (tensors: Record<Input, Tensor>) => Record<Output, Tensor>;
}

/**
 * Runs forward passes. A shape that comes a second time is captured into a plan, which computes the same bits without the
 * dispatch of every operation; the plan that was not used for longest makes room.
 */
export class PlanShelf {
  readonly #most: number;
  readonly #plans = new Map<string, InferencePlan<string, string> | 'seen'>();

  /** @param most plans that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  run<Input extends string, Output extends string>(
    pass: ShapedPass<Input, Output>,
    values: Readonly<Record<Input, PlanValues>>,
  ): Record<Output, Float32Array> {
    const plan = this.#planFor(pass);
    if (plan !== undefined) return plan.run(values);
    return scoped(() => {
      const tensors = {} as Record<Input, Tensor>;
      for (const name of Object.keys(pass.inputs) as Input[]) {
        const { shape, dtype } = pass.inputs[name];
        tensors[name] = tensor(values[name], shape as number[], dtype);
      }
      const outputs = {} as Record<Output, Float32Array>;
      for (const [name, output] of Object.entries(pass.forward(tensors)) as [Output, Tensor][]) {
        outputs[name] = output.dataSync<'float32'>();
      }
      return outputs;
    });
  }

  /** Gives the memory of all plans back. */
  dispose(): void {
    for (const plan of this.#plans.values()) if (plan !== 'seen') plan.dispose();
    this.#plans.clear();
  }

  #planFor<Input extends string, Output extends string>({
    key,
    inputs,
    forward,
  }: ShapedPass<Input, Output>): InferencePlan<Input, Output> | undefined {
    if (key === undefined) return undefined;
    const known = this.#plans.get(key);
    this.#plans.delete(key);
    const plan = known === 'seen' ? capturePlan(inputs, forward) : known;
    this.#plans.set(key, (plan as InferencePlan<string, string> | undefined) ?? 'seen');
    if (this.#plans.size > this.#most) this.#forgetOldest();
    return plan as InferencePlan<Input, Output> | undefined;
  }

  #forgetOldest(): void {
    const [key, plan] = this.#plans.entries().next().value as [
      string,
      InferencePlan<string, string> | 'seen',
    ];
    if (plan !== 'seen') plan.dispose();
    this.#plans.delete(key);
  }
}
