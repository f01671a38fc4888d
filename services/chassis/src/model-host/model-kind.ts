import type { ModelFiles } from '@isthmus/proof';
import type { ModelIdentity } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Logger } from 'pino';
import type { Admission } from '../admission/admission.js';
import type { Clock } from '../lifecycle/clock.js';
import type { ObjectStore } from '../objects/object-store.js';
import type { ModelRegistry } from '../registry/model-registry.js';
import type { Telemetry } from '../telemetry/telemetry.js';

/** How a program turns files into a model that answers. */
export interface ModelKind<M> {
  /**
   * Builds the model. Whatever it throws that is no IsthmusError becomes MODEL_INCOMPATIBLE.
   * @param files every byte has been checked against the digest of the model, and admission has had its say
   */
  open(files: ModelFiles, identity: ModelIdentity): Promise<M>;
  /** Runs the model before its first request. */
  warm?(model: M): Promise<void>;
  /** Frees the model after its last call. */
  close?(model: M): void;
}

/** A model that should be served. */
export interface ModelToLoad {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the file list in the object store. */
  readonly digest: string;
  /** SHA-256 of the attestation bundle in the object store; empty for none. */
  readonly bundleDigest: string;
  /** SHA-256 of the proof that the log holds the attestation; empty for none. */
  readonly logProofDigest: string;
  /** Labels to point at the version once it is ready. */
  readonly labels: readonly string[];
}

/** What a host stands on. */
export interface ModelHostOptions<M> extends ModelKind<M> {
  readonly registry: ModelRegistry;
  readonly objects: ObjectStore;
  readonly admission: Admission;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** How often the registry is read even where nothing was notified, and failed loads are tried again. Default 5,000. */
  readonly pollMs?: number;
}
