import type { ModelHost, Telemetry } from '@isthmus/chassis';
import type { ServedModel } from '../domain/served-model.js';
import type { CatalogueFollower } from '../store/catalogue-follower.js';
import type { CatalogueLog } from '../store/catalogue-log.js';
import type { RepresentationGateway } from './representation-gateway.js';

/** What the handlers of retrieval stand on. */
export interface RetrievalContext {
  readonly host: ModelHost<ServedModel>;
  readonly log: CatalogueLog;
  readonly follower: CatalogueFollower;
  /** Undefined where the program runs without a representation service. */
  readonly representation: RepresentationGateway | undefined;
  readonly telemetry: Telemetry;
}
