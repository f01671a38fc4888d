import type { ModelHost, Telemetry } from '@isthmus/chassis';
import type { ServedCounts } from '../domain/served-counts.js';
import type { ServedModel } from '../domain/served-model.js';
import type { CatalogueFollower } from '../store/catalogue-follower.js';
import type { CatalogueLog } from '../store/catalogue-log.js';
import type { RepresentationGateway } from './representation-gateway.js';

/** What the handlers of retrieval stand on. */
export interface RetrievalContext {
  /** Models of vectors, and models that count. */
  readonly host: ModelHost<ServedModel | ServedCounts>;
  readonly log: CatalogueLog;
  readonly follower: CatalogueFollower;
  /** Undefined where the program runs without a representation service. */
  readonly representation: RepresentationGateway | undefined;
  readonly telemetry: Telemetry;
}
