import { nearestCode } from './nearest-code.js';

/** `residual`: one codebook a level, over what the levels before left. `tree`: a codebook of its own in each cell above. */
export type DictionaryKind = 'residual' | 'tree';

/** Codes' vectors one after the other, or their sum (which separates nothing and is there to be compared with). */
export type InterestEmbedding = 'concat' | 'sum';

/**
 * The interest dictionary of GemiRec in our reconstruction: a residual quantiser with one codebook a level. An item's
 * interest is the tuple of its codes, and the embedding of an interest is the concatenation of its codes' vectors, so
 * two different interests differ by at least the smallest distance between two codes of one level.
 */
export interface InterestDictionary {
  /** Length of a code's vector. */
  readonly dim: number;
  /** Codebooks, coarse to fine: `[codes, dim]` each; those of a tree `[codes of all levels up to it, dim]`. */
  readonly codebooks: readonly Float32Array[];
  /** What each row of a codebook adds to squared distances, at least 0 (see `balanceUsage`); left out for nothing. */
  readonly penalties?: readonly Float32Array[];
  /** `residual` where left out. */
  readonly kind?: DictionaryKind;
  /** `concat` where left out. */
  readonly embedding?: InterestEmbedding;
}

/** Rows of a level's codebook. */
export function codebookRows(
  kind: DictionaryKind | undefined,
  counts: readonly number[],
  level: number,
): number {
  if (kind !== 'tree') return counts[level]!;
  return counts.slice(0, level + 1).reduce((product, count) => product * count, 1);
}

/** Codes of each level. */
export function codeCounts({ dim, codebooks, kind }: InterestDictionary): number[] {
  const rows = codebooks.map((codebook) => codebook.length / dim);
  return rows.map((count, level) => (kind === 'tree' && level > 0 ? count / rows[level - 1]! : count));
}

/** Number of a tuple: its codes as digits, from 0. */
export function tupleNumber(counts: readonly number[], codes: ArrayLike<number>, offset = 0): number {
  let number = 0;
  for (let level = 0; level < counts.length; level++)
    number = number * counts[level]! + codes[offset + level]!;
  return number;
}

/** Row of a level's codebook that a tuple stands for: its code, in a tree counted through all cells above. */
export function codebookRow(
  kind: DictionaryKind | undefined,
  counts: readonly number[],
  codes: ArrayLike<number>,
  offset: number,
  level: number,
): number {
  if (kind !== 'tree') return codes[offset + level]!;
  let row = 0;
  for (let at = 0; at <= level; at++) row = row * counts[at]! + codes[offset + at]!;
  return row;
}

/**
 * Codes of vectors: the nearest code of each level for what the levels before left over, see `nearestCode`. A pure function of
 * the dictionary. The kernels must be ready.
 *
 * @param vectors `[rows, dim]`; throws a RangeError for a number that is not finite
 * @returns `[rows, levels]`
 */
export function assignCodes(dictionary: InterestDictionary, vectors: Float32Array): Uint32Array {
  const { dim, codebooks } = dictionary;
  const levels = codebooks.length;
  const codes = new Uint32Array((vectors.length / dim) * levels);
  const rest = Float32Array.from(vectors);
  for (let level = 0; level < levels; level++) {
    assignLevel(dictionary, rest, codes, level);
    if (level < levels - 1) subtractCodes(dictionary, rest, codes, level);
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
  const rest = Float32Array.from(vectors);
  for (let before = 0; before < level; before++) subtractCodes(dictionary, rest, codes, before);
  return rest;
}

/** Rows of a level's codebook that the tuples of a table stand for, `[rows]`; see {@link codebookRow}. */
export function rowsOfLevel(dictionary: InterestDictionary, codes: Uint32Array, level: number): Uint32Array {
  const counts = codeCounts(dictionary);
  const levels = counts.length;
  return Uint32Array.from({ length: codes.length / levels }, (_, row) =>
    codebookRow(dictionary.kind, counts, codes, row * levels, level),
  );
}

/**
 * Embedding of an interest, `[levels * dim]`, written to `out` at `offset`: its codes' vectors one after the other. A sum stands
 * in the first `dim` places and zeros follow, so that models of either form have the same parameters.
 */
export function writeInterestEmbedding(
  dictionary: InterestDictionary,
  codes: ArrayLike<number>,
  out: Float32Array,
  offset: number,
): void {
  const { dim, codebooks, kind, embedding } = dictionary;
  const counts = codeCounts(dictionary);
  const summed = embedding === 'sum';
  if (summed) out.fill(0, offset, offset + codebooks.length * dim);
  for (let level = 0; level < codebooks.length; level++) {
    const start = codebookRow(kind, counts, codes, 0, level) * dim;
    if (!summed) out.set(codebooks[level]!.subarray(start, start + dim), offset + level * dim);
    else for (let i = 0; i < dim; i++) out[offset + i]! += codebooks[level]![start + i]!;
  }
}

function assignLevel(
  dictionary: InterestDictionary,
  rest: Float32Array,
  codes: Uint32Array,
  level: number,
): void {
  const { dim, codebooks, penalties, kind } = dictionary;
  const levels = codebooks.length;
  if (kind !== 'tree' || level === 0) {
    nearestCode(rest, codebooks[level]!, dim, penalties?.[level]).forEach((code, row) => {
      codes[row * levels + level] = code;
    });
    return;
  }
  const width = codeCounts(dictionary)[level]!;
  const above = rowsOfLevel(dictionary, codes, level - 1);
  for (const [cell, rows] of rowsByCell(above)) {
    const start = cell * width;
    const found = nearestCode(
      gathered(rest, rows, dim),
      codebooks[level]!.subarray(start * dim, (start + width) * dim),
      dim,
      penalties?.[level]?.subarray(start, start + width),
    );
    rows.forEach((row, i) => {
      codes[row * levels + level] = found[i]!;
    });
  }
}

function subtractCodes(
  dictionary: InterestDictionary,
  rest: Float32Array,
  codes: Uint32Array,
  level: number,
): void {
  const { dim, codebooks } = dictionary;
  const codebook = codebooks[level]!;
  rowsOfLevel(dictionary, codes, level).forEach((code, row) => {
    for (let i = 0; i < dim; i++) rest[row * dim + i] = rest[row * dim + i]! - codebook[code * dim + i]!;
  });
}

/** Positions by the number that stands there, ascending within each. */
export function rowsByCell(cells: Uint32Array | readonly number[]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  cells.forEach((cell, row) => {
    const of = rows.get(cell);
    if (of === undefined) rows.set(cell, [row]);
    else of.push(row);
  });
  return rows;
}

/** Some rows of `[n, dim]`. */
export function gathered(rows: Float32Array, chosen: ArrayLike<number>, dim: number): Float32Array {
  const result = new Float32Array(chosen.length * dim);
  for (let i = 0; i < chosen.length; i++)
    result.set(rows.subarray(chosen[i]! * dim, (chosen[i]! + 1) * dim), i * dim);
  return result;
}
