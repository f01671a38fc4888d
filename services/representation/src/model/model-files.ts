import {
  encodeRepresentationVectors,
  type JsonObject,
  type ModelFiles,
  type RepresentationVectors,
} from '@isthmus/learning';

import { tensorNames } from './model-parts.js';
import type { ModelShape } from './model-shape.js';
import { decodeTensors, encodeTensors, type TensorPlace } from './tensor-file.js';
import type { TensorMap } from './tensor-map.js';

/** Name of the format in `model.json`. */
export const modelFormat = 'isthmus-ce-cdr/v1';

/** What `model.json` says. */
export interface ModelHeader {
  readonly format: typeof modelFormat;
  readonly program: { readonly name: string; readonly version: string };
  readonly shape: ModelShape;
  readonly items: number;
  readonly prototypes: number;
  /** Whether similarity and scorer use content; where not, the items carried none that could be learnt from. */
  readonly hasContent: boolean;
  /** Width of the recent window of popularity, in milliseconds. */
  readonly recentMs: number;
  /** Figures of the training: labels, diagnostics of the causal loss, validation. */
  readonly figures: { readonly [name: string]: number };
  readonly tensors: readonly TensorPlace[];
}

/** A model as it was read. */
export interface StoredModel {
  readonly header: ModelHeader;
  readonly tensors: TensorMap;
}

/** The files of a model: `model.json`, `tensors.bin`, and the artefact that
 * `encodeRepresentationVectors` makes. */
export function encodeModel(
  header: Omit<ModelHeader, 'format' | 'tensors'>,
  tensors: TensorMap,
  vectors: RepresentationVectors,
): ModelFiles {
  const { places, content } = encodeTensors(tensors, Object.values(tensorNames));
  const whole: ModelHeader = { format: modelFormat, ...header, tensors: places };
  const files = encodeRepresentationVectors(vectors);
  files.set('model.json', new TextEncoder().encode(`${JSON.stringify(whole, null, 1)}\n`));
  files.set('tensors.bin', content);
  return files;
}

/** Reads `model.json` and `tensors.bin`. Throws an Error that says what is wrong with them. */
export function decodeModel(files: ModelFiles): StoredModel {
  const header = parseHeader(fileOf(files, 'model.json'));
  const tensors = decodeTensors({ places: header.tensors, content: fileOf(files, 'tensors.bin') });
  for (const name of Object.values(tensorNames)) {
    if (!tensors.has(name)) throw new Error(`the model has no tensor '${name}'`);
  }
  for (const [name, extents] of expectedShapes(header)) {
    const { shape } = tensors.get(name)!;
    if (extents.length !== shape.length || extents.some((extent, axis) => extent !== shape[axis])) {
      throw new Error(`tensor '${name}' of the model is [${shape}], its header asks for [${extents}]`);
    }
  }
  return { header, tensors };
}

/** The tensors whose shapes follow from the header. */
function expectedShapes({ shape, items, prototypes }: ModelHeader): readonly [string, readonly number[]][] {
  const { dim, contentDim, rank } = shape;
  const width = dim + contentDim + 1;
  return [
    [tensorNames.itemDomains, [items]],
    [tensorNames.itemIdOffsets, [items + 1]],
    [tensorNames.factors, [items, dim]],
    [tensorNames.content, [items, contentDim]],
    [tensorNames.scorerSource, [rank, width]],
    [tensorNames.scorerTarget, [rank, width]],
    [tensorNames.scorerUser, [rank, dim]],
    [tensorNames.scorerPotency, [items]],
    [tensorNames.pluginMap, [dim, dim]],
    [tensorNames.baseMap, [dim, dim]],
    [tensorNames.prototypeDirections, [prototypes, dim]],
    [tensorNames.prototypeContent, [prototypes, contentDim]],
    [tensorNames.prototypeShares, [prototypes]],
  ];
}

function parseHeader(bytes: Uint8Array): ModelHeader {
  const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonObject | null;
  if (json === null || json.format !== modelFormat) {
    throw new Error(`model.json has the format ${JSON.stringify(json?.format)}, not ${modelFormat}`);
  }
  const header = json as unknown as ModelHeader;
  const sizes = [
    header.items,
    header.prototypes,
    header.shape?.dim,
    header.shape?.contentDim,
    header.shape?.rank,
    header.shape?.maxSourceEvents,
    header.shape?.maxTargetEvents,
    header.shape?.targetDomain,
  ];
  const lists = [header.shape?.domains, header.shape?.sourceDomains, header.tensors];
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0) || !lists.every(Array.isArray)) {
    throw new Error('model.json lacks a size or a list that the model is read with');
  }
  return header;
}

function fileOf(files: ModelFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`the model has no file '${name}'`);
  return bytes;
}
