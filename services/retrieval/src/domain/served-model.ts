import type { RetrievalModel } from '../model/open-retrieval-model.js';
import type { Catalogue } from './catalogue.js';
import type { ItemSpace } from './catalogue-rules.js';
import { groupByInterest, type InterestGroups } from './interest-groups.js';
import { type ItemInterests, ItemTable } from './item-table.js';
import { TableView } from './table-view.js';

/** A version of a model of vectors with the catalogue that it searches. */
export interface ServedModel {
  readonly kind: 'vectors';
  readonly model: RetrievalModel;
  readonly catalogue: Catalogue;
  readonly table: ItemTable;
  readonly space: ItemSpace;
  readonly groups: InterestGroups;
  /** Lets go of the catalogue and of the memory of the weights. */
  close(): void;
}

/**
 * Joins a model version and a catalogue: from here on the version's item table follows every write.
 * @param version of the model, for vectors that were written in the space of another one
 */
export function serveModel(model: RetrievalModel, version: string, catalogue: Catalogue): ServedModel {
  const { dim } = model.header.shape;
  const table = new ItemTable(model.itemIds, model.itemVectors, model.vectorLength, interestsOf(model));
  const space: ItemSpace = {
    dim,
    targetDomain: model.header.targetDomain,
    knows: (itemId) => model.rowOf(itemId) !== undefined,
    encode: (features) => model.encodeItem(features),
  };
  const detach = catalogue.attach(
    new TableView(table, space, version, {
      known: (itemId) => vectorOf(model, itemId),
      given: (vector) => model.searched(vector),
    }),
  );
  return {
    kind: 'vectors',
    model,
    catalogue,
    table,
    space,
    groups: groupByInterest(model),
    close() {
      detach();
      model.dispose();
    },
  };
}

function vectorOf(model: RetrievalModel, itemId: string): Float32Array | undefined {
  const row = model.rowOf(itemId);
  const { vectorLength } = model;
  return row === undefined
    ? undefined
    : model.itemVectors.subarray(row * vectorLength, (row + 1) * vectorLength);
}

/** The dictionary's codes of known items where they stand as the model has them, and of all other vectors. */
function interestsOf(model: RetrievalModel): ItemInterests | undefined {
  const counts = model.header.shape.codes;
  if (counts.length === 0) return undefined;
  return {
    counts,
    codesOf(itemId, vector) {
      const own = vectorOf(model, itemId);
      if (own?.every((value, i) => value === vector[i])) {
        const row = model.rowOf(itemId)!;
        return model.codes.subarray(row * counts.length, (row + 1) * counts.length);
      }
      return model.codesOf(vector.subarray(0, model.header.shape.dim));
    },
  };
}
