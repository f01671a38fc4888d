/**
 * Where `npm run check:ulp` found the largest errors over all inputs: the input of the largest error with that error in ulp, and
 * the input of the largest distance from the correctly rounded result.
 */
export const worstInputs: {
  readonly [name: string]: { readonly inputs: readonly number[]; readonly ulp: number };
} = {
  exp: { inputs: [-28.0724106, 5.96046448e-8], ulp: 0.899 },
  expm1: { inputs: [16.6355305, 8.42937027e-8], ulp: 1.2331 },
  log: { inputs: [0.749751568, 3.06758247e-41], ulp: 0.9544 },
  log1p: { inputs: [0.484687358, 8.42937027e-8], ulp: 0.9796 },
  tanh: { inputs: [0.761868477, 0.000352111732], ulp: 1.053 },
  sigmoid: { inputs: [-1.10382187, -1.09884346], ulp: 1.6616 },
  softplus: { inputs: [-1.26211965, -1.25903809], ulp: 1.6827 },
  erf: { inputs: [0.878431559, 1.50463277e-36], ulp: 1.3662 },
  rsqrt: { inputs: [1.18276583e-38, 4.20389539e-45], ulp: 1.4903 },
  silu: { inputs: [-89.0723114, -0.133751303], ulp: 1.6245 },
  gelu: { inputs: [-13.0945902, 4.20389539e-45], ulp: 0.648 },
  geluDerivative: { inputs: [-4.84125328, 3.73516755e-8], ulp: 0.6241 },
};
