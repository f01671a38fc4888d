import type { ModelFiles } from '@isthmus/proof';
import { readCodes } from './read-tensor.js';

/** Where the dictionary of a retrieval model puts the items that it knows. */
export interface ItemCodes {
  /** Codes of each level. */
  readonly counts: readonly number[];
  /** Item index in the data set of each row. */
  readonly items: Uint32Array;
  /** Codes by row, `[rows, levels]`. */
  readonly codes: Uint32Array;
  /** Row of an item; undefined for one that the model does not know. */
  rowOf(item: number): number | undefined;
  /** Code of an item at a level; undefined likewise. */
  codeOf(item: number, level: number): number | undefined;
  /** Codes of an item joined by dots; '' likewise. */
  nameOf(item: number): string;
}

/** Reads the codes out of a model's files. Undefined for a model without a dictionary. Throws an Error where a file is malformed. */
export function openItemCodes(files: ModelFiles): ItemCodes | undefined {
  const [header, tensors] = [files.get('model.json'), files.get('tensors.bin')];
  if (header === undefined || tensors === undefined) return undefined;
  const { shape } = JSON.parse(new TextDecoder().decode(header)) as {
    readonly shape?: { readonly codes?: readonly number[] };
  };
  const counts = shape?.codes ?? [];
  const codes = readCodes(tensors, 'dictionary/codes')?.data;
  const items = readCodes(tensors, 'catalogue/items')?.data;
  if (counts.length === 0 || codes === undefined || items === undefined) return undefined;
  if (codes.length !== items.length * counts.length)
    throw new Error(
      `the model has codes of ${codes.length / counts.length} items, but knows ${items.length}`,
    );
  const rows = new Map(Array.from(items, (item, row) => [item, row]));
  const at = (row: number, level: number): number => codes[row * counts.length + level]!;
  return {
    counts,
    items,
    codes,
    rowOf: (item) => rows.get(item),
    codeOf: (item, level) => {
      const row = rows.get(item);
      return row === undefined ? undefined : at(row, level);
    },
    nameOf: (item) => {
      const row = rows.get(item);
      return row === undefined ? '' : counts.map((_, level) => at(row, level)).join('.');
    },
  };
}
