import {
  type ClickModel,
  eventsBefore,
  type Inputs,
  type ModelFiles,
  openInteractions,
  sigmoid,
} from '@isthmus/learning';

import { itemsAt, usableEvents } from '../domain/usable-events.js';
import { ClickNetwork } from './click-network.js';
import { decodeModel } from './model-files.js';
import { tensorNames } from './model-parts.js';
import { targetRows } from './target-rows.js';
import { bytes } from './tensor-map.js';

/**
 * Opens the click heads for evaluation. A user is what the record holds strictly before the time; popularity is that of
 * the training window, also strictly before it.
 */
export function openClickModel(files: ModelFiles, inputs: Inputs): ClickModel {
  const { header, tensors } = decodeModel(files);
  const { shape } = header;
  const network = new ClickNetwork(shape, tensors, header.recentMs);
  const data = openInteractions(inputs);
  const { rows } = targetRows(bytes(tensors, tensorNames.itemDomains), shape.targetDomain);
  return {
    predict(record, item, timestampMs) {
      const history = data.history(record);
      const events = usableEvents(history, eventsBefore(history, timestampMs), shape);
      const query = {
        timeMs: timestampMs,
        sourceItems: itemsAt(history, events.source),
        targetHistory: itemsAt(history, events.target).map((taken) => rows[taken]!),
        candidates: Uint32Array.of(item),
      };
      const { targetOnly, withRepresentation } = network.logits([query]);
      return { targetOnly: sigmoid(targetOnly[0]!), withRepresentation: sigmoid(withRepresentation[0]!) };
    },
  };
}
