export { type PartialLabelDiagnostics, partialLabelDiagnostics } from './domain/partial-label-diagnostics.js';
export {
  type PartialLabelLoss,
  type PartialLabelRows,
  type PartialLabelSettings,
  partialLabelLoss,
} from './domain/partial-label-loss.js';
export { type ModelHeader, modelFormat } from './model/model-files.js';
export {
  type CausalityMatrix,
  type EventCause,
  openRepresentationModel,
  type RepresentationModel,
  type ServedRepresentation,
} from './model/open-model.js';
export type { CallerEvent, UsedEvents } from './model/used-events.js';
export { bundle } from './programs/ce-cdr.js';
