/**
 * The interest dictionary of GemiRec in our reconstruction: a residual quantiser with one codebook a level. An item's
 * interest is the tuple of its codes, and the embedding of an interest is the concatenation of its codes' vectors, so
 * two different interests differ by at least the smallest distance between two codes of one level.
 */
export interface InterestDictionary {
  /** Length of a code's vector. */
  readonly dim: number;
  /** Codebooks, coarse to fine: `[codes, dim]` each. */
  readonly codebooks: readonly Float32Array[];
}

/**
 * Codes of vectors: the nearest code of each level for what the levels before left over. Of codes that are equally near,
 * the lowest wins.
 *
 * @param vectors `[rows, dim]`; throws a RangeError for a number that is not finite
 * @returns `[rows, levels]`
 */
export function assignCodes(dictionary: InterestDictionary, vectors: Float32Array): Uint32Array {
  const { dim, codebooks } = dictionary;
  const rows = vectors.length / dim;
  const codes = new Uint32Array(rows * codebooks.length);
  const lengths = codebooks.map((codebook) => squaredLengths(codebook, dim));
  const residual = new Float32Array(dim);
  for (let row = 0; row < rows; row++) {
    residual.set(vectors.subarray(row * dim, (row + 1) * dim));
    for (let level = 0; level < codebooks.length; level++) {
      const codebook = codebooks[level]!;
      const code = nearestCode(codebook, lengths[level]!, residual, 0);
      codes[row * codebooks.length + level] = code;
      for (let i = 0; i < dim; i++) residual[i] = residual[i]! - codebook[code * dim + i]!;
    }
  }
  return codes;
}

/**
 * What is left of vectors after the first levels: `r_c = r_(c-1) - e_(c-1)`, in float32.
 *
 * @param vectors `[rows, dim]`
 * @param codes `[rows, levels]`
 * @param level levels to subtract, 0 for none
 */
export function residuals(
  dictionary: InterestDictionary,
  vectors: Float32Array,
  codes: Uint32Array,
  level: number,
): Float32Array {
  const { dim, codebooks } = dictionary;
  const result = Float32Array.from(vectors);
  for (let row = 0; row * dim < vectors.length; row++) {
    for (let before = 0; before < level; before++) {
      const code = codes[row * codebooks.length + before]!;
      for (let i = 0; i < dim; i++) {
        result[row * dim + i] = result[row * dim + i]! - codebooks[before]![code * dim + i]!;
      }
    }
  }
  return result;
}

/** Embedding of an interest: its codes' vectors one after the other, `[levels * dim]`, written to `out` at `offset`. */
export function writeInterestEmbedding(
  dictionary: InterestDictionary,
  codes: ArrayLike<number>,
  out: Float32Array,
  offset: number,
): void {
  const { dim, codebooks } = dictionary;
  for (let level = 0; level < codebooks.length; level++) {
    const start = codes[level]! * dim;
    out.set(codebooks[level]!.subarray(start, start + dim), offset + level * dim);
  }
}

/** Squared length of each row of `[rows, dim]`. */
export function squaredLengths(rows: Float32Array, dim: number): Float64Array {
  return Float64Array.from({ length: rows.length / dim }, (_, row) => {
    let sum = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++) sum += rows[i]! * rows[i]!;
    return sum;
  });
}

/**
 * Index of the code nearest to the vector at `offset`, by `||e||^2 - 2 <r, e>` in float64; the lowest of equals.
 * Throws a RangeError where the vector is not finite.
 */
export function nearestCode(
  codebook: Float32Array,
  lengths: Float64Array,
  vector: Float32Array,
  offset: number,
): number {
  const dim = codebook.length / lengths.length;
  let nearest = -1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let code = 0; code < lengths.length; code++) {
    let product = 0;
    for (let i = 0; i < dim; i++) product += vector[offset + i]! * codebook[code * dim + i]!;
    const distance = lengths[code]! - 2 * product;
    if (distance < smallest) {
      smallest = distance;
      nearest = code;
    }
  }
  if (nearest < 0) throw new RangeError('A vector to be quantised is not finite');
  return nearest;
}
