import { decodeFloats } from '@isthmus/learning';
import type { Item } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';

/** What is wrong with an item that was to be written. */
export type ItemProblem =
  | { readonly reason: 'VECTOR_MALFORMED' | 'VECTOR_NOT_FINITE' | 'DIMENSION_MISMATCH' }
  | { readonly reason: 'ITEM_NOT_ENCODABLE' | 'ITEM_UNKNOWN' | 'DOMAIN_UNKNOWN' };

/** What a model can say of items it has not been given a vector for. */
export interface ItemSpace {
  /** Dimension of the item vectors. */
  readonly dim: number;
  /** The domain whose items the model retrieves. */
  readonly targetDomain: string;
  /** Whether the model has learnt a vector for the id. */
  knows(itemId: string): boolean;
  /** The vector that the features stand for, `[dim]`; undefined where the model can make nothing of them. */
  encode(features: {
    readonly category: string;
    readonly tokens: readonly string[];
  }): Float32Array | undefined;
}

/** Why a model cannot place the item in its space; undefined where it can. */
export function itemProblem(item: Item, space: ItemSpace): ItemProblem | undefined {
  if (item.domain !== '' && item.domain !== space.targetDomain) return { reason: 'DOMAIN_UNKNOWN' };
  switch (item.source?.$case) {
    case 'vector': {
      const { dim, values } = item.source.value;
      if (values.byteLength !== 4 * dim) return { reason: 'VECTOR_MALFORMED' };
      if (dim !== space.dim) return { reason: 'DIMENSION_MISMATCH' };
      return decodeFloats(values).every(Number.isFinite) ? undefined : { reason: 'VECTOR_NOT_FINITE' };
    }
    case 'features':
      return space.encode(item.source.value) === undefined ? { reason: 'ITEM_NOT_ENCODABLE' } : undefined;
    case 'known':
      return space.knows(item.itemId) ? undefined : { reason: 'ITEM_UNKNOWN' };
    default:
      return { reason: 'ITEM_NOT_ENCODABLE' };
  }
}
