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
  tanh: { inputs: [-0.869061828, 0.00539655238], ulp: 1.021 },
  sigmoid: { inputs: [-1.11353528, -1.09885871], ulp: 1.6459 },
  softplus: { inputs: [-1.25951505, -1.25951505], ulp: 1.568 },
  erf: { inputs: [0.878629744, 8.41297559e-41], ulp: 1.3577 },
  rsqrt: { inputs: [2.95702843e-39, 3.76949287e-43], ulp: 1.4886 },
  silu: { inputs: [-22.5283146, -5.22609091], ulp: 1.616 },
  gelu: { inputs: [-6.8365202, 1.61149323e-43], ulp: 0.6426 },
  geluDerivative: { inputs: [-1.62390482, 3.73516826e-8], ulp: 0.6214 },
};
