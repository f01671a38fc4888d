import type { ModelHost, Telemetry } from '@isthmus/chassis';
import type { RepresentationModel } from '../model/open-model.js';

/** What the handlers of representation stand on. */
export interface RepresentationContext {
  readonly host: ModelHost<RepresentationModel>;
  readonly telemetry: Telemetry;
}
