import type { RetrievalModel } from '../model/open-retrieval-model.js';
import type { Catalogue } from './catalogue.js';
import type { ItemSpace } from './catalogue-rules.js';
import { groupByInterest, type InterestGroups } from './interest-groups.js';
import { ItemTable } from './item-table.js';
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
  const table = new ItemTable(model.itemIds, model.itemVectors, dim);
  const space: ItemSpace = {
    dim,
    targetDomain: model.header.targetDomain,
    knows: (itemId) => model.rowOf(itemId) !== undefined,
    encode: (features) => model.encodeItem(features),
  };
  const detach = catalogue.attach(new TableView(table, space, version, (itemId) => vectorOf(model, itemId)));
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
  const { dim } = model.header.shape;
  return row === undefined ? undefined : model.itemVectors.subarray(row * dim, (row + 1) * dim);
}
