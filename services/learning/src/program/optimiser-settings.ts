/** What an optimiser does; every number is part of the plan. */
export type OptimiserSettings =
  | {
      readonly kind: 'adam';
      readonly learningRate: number;
      /** Decay of the first moment, usually 0.9. */
      readonly beta1: number;
      /** Decay of the second moment, usually 0.999. */
      readonly beta2: number;
      /** Added to the root of the second moment, usually 1e-8. */
      readonly epsilon: number;
      /** Decoupled weight decay (AdamW) per step, 0 for none. */
      readonly weightDecay: number;
    }
  | {
      readonly kind: 'adagrad';
      readonly learningRate: number;
      /** First value of the accumulator, for example 0.1. */
      readonly initialAccumulator: number;
      /** Added to the root of the accumulator, usually 1e-8. */
      readonly epsilon: number;
    };

/** Adam with the customary numbers. */
export const defaultAdam: OptimiserSettings & { readonly kind: 'adam' } = {
  kind: 'adam',
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};
