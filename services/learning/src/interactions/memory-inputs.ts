import type { ArtefactInput, Inputs, JsonObject, ModelFiles, RecordInput } from '@isthmus/proof';

import { encodeCatalogueItem } from './catalogue-item-codec.js';
import type { InteractionData } from './interaction-data.js';
import { encodeUserHistory } from './user-history-codec.js';

/**
 * Inputs held in memory, for tests and for evaluation outside of an attested run: the same records that a commitment
 * would hold, without Merkle trees.
 *
 * @param description what both record sets say of themselves, see `describeInteractions`
 * @param artefacts model files by the name that the program asks for
 */
export function createMemoryInputs(
  data: InteractionData,
  description: JsonObject,
  artefacts: { readonly [name: string]: { readonly digest: string; readonly files: ModelFiles } } = {},
): Inputs {
  const sets = new Map<string, RecordInput>([
    ['interactions', memoryRecords(data.users, (user) => encodeUserHistory(user.history), description)],
    ['items', memoryRecords(data.catalogue.items, encodeCatalogueItem, description)],
  ]);
  return {
    records(name) {
      const set = sets.get(name);
      if (set === undefined) throw new Error(`there is no data set '${name}'`);
      return set;
    },
    artefact(name) {
      const artefact = artefacts[name];
      return artefact && memoryArtefact(artefact.digest, artefact.files);
    },
  };
}

function memoryRecords<T>(
  values: readonly T[],
  encode: (value: T) => Uint8Array,
  description: JsonObject,
): RecordInput {
  return {
    size: values.length,
    description,
    read(index) {
      const value = values[index];
      if (value === undefined)
        throw new RangeError(`record ${index} is outside of 0 to ${values.length - 1}`);
      return encode(value);
    },
  };
}

function memoryArtefact(digest: string, files: ModelFiles): ArtefactInput {
  return {
    digest,
    names: [...files.keys()].sort(),
    file(name) {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`the artefact has no file '${name}'`);
      return bytes;
    },
  };
}
