import { matMul } from './mat-mul.js';
import { hasFused, runFusedAll } from './run-fused.js';
import { add, customGrad, mul, reshape, softmax, type Tensor, tensor, transpose } from './tensors.js';

/** What a place attends to. */
export interface AttentionOptions {
  readonly heads: number;
  /** Whether a place sees itself and those before it only. */
  readonly causal: boolean;
  /** Places of each sequence that are seen, `[batch]`, each at least one; all by default. */
  readonly lengths?: Int32Array;
}

/**
 * Scaled dot-product attention by heads (Vaswani et al. 2017, section 3.2): queries, keys and values
 * `[batch, places, dim]` → `[batch, places, dim]`; `dim` is a multiple of `heads`, the scores are divided by the root of
 * their quotient.
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, options: AttentionOptions): Tensor {
  if (!hasFused()) return composed(queries, keys, values, options);
  const { heads, causal, lengths } = options;
  const attributes = { heads, causal, scale: 1 / Math.sqrt((queries.shape[2] as number) / heads) };
  const operation = customGrad((q, k, v, save) => {
    const inputs = { q: q as Tensor, k: k as Tensor, v: v as Tensor };
    const seen = lengths && { lengths: tensor(lengths, [lengths.length], 'int32') };
    const [value, weights] = runFusedAll('IsthmusAttention', { ...inputs, ...seen }, attributes) as [
      Tensor,
      Tensor,
    ];
    (save as (tensors: Tensor[]) => void)([inputs.q, inputs.k, inputs.v, weights]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [q0, k0, v0, w] = saved as [Tensor, Tensor, Tensor, Tensor];
        return runFusedAll('IsthmusAttentionGradient', { q: q0, k: k0, v: v0, weights: w, dy }, attributes);
      },
    };
  });
  return operation(queries, keys, values);
}

function composed(queries: Tensor, keys: Tensor, values: Tensor, options: AttentionOptions): Tensor {
  const { heads } = options;
  const [batch, places, dim] = queries.shape as [number, number, number];
  const width = dim / heads;
  const split = (x: Tensor): Tensor =>
    reshape(transpose(reshape(x, [batch, places, heads, width]), [0, 2, 1, 3]), [
      batch * heads,
      places,
      width,
    ]);
  const scores = mul(matMul(split(queries), split(keys), false, true), 1 / Math.sqrt(width));
  const masked = add(reshape(scores, [batch, heads, places, places]), maskOf(batch, places, options));
  const weights = reshape(softmax(masked), [batch * heads, places, places]);
  const mixed = reshape(matMul(weights, split(values)), [batch, heads, places, width]);
  return reshape(transpose(mixed, [0, 2, 1, 3]), [batch, places, dim]);
}

/** 0 where a place is seen, -1e9 elsewhere: `[batch, 1, places, places]`. */
function maskOf(batch: number, places: number, { causal, lengths }: AttentionOptions): Tensor {
  const mask = new Float32Array(batch * places * places);
  for (let sequence = 0; sequence < batch; sequence++) {
    const length = lengths?.[sequence] ?? places;
    for (let i = 0; i < places; i++) {
      const seen = causal ? Math.min(i + 1, length) : length;
      const start = (sequence * places + i) * places;
      mask.fill(-1e9, start + seen, start + places);
    }
  }
  return tensor(mask, [batch, 1, places, places]);
}
