import type { ConnectionSecurity, ObjectStore } from '@isthmus/chassis';
import type { JsonObject, ProgramBackend, SigningKey } from '@isthmus/proof';
import type { InputReferences } from '../inputs/open-inputs.js';
import type { ProgramReference } from '../program/program-reference.js';
import type { TrainingEvent } from './training-event.js';

/** Where a run is attested and by whom. */
export interface AttestationOptions {
  /** `host:port` of the attestation service. */
  readonly address: string;
  /** Certificate of the prover's role, or knowingly plain text. */
  readonly security: ConnectionSecurity;
  readonly proverKey: SigningKey;
  /** Sends every object to the service, for provers that do not share its store. */
  readonly upload?: boolean;
}

/** What {@link train} needs to know. */
export interface TrainOptions {
  /** The bundle of the program: a file, or the SHA-256 of an object in the store. */
  readonly program: ProgramReference;
  /** What a person chose; the program's plan fills in the rest. */
  readonly spec: JsonObject;
  readonly inputs: InputReferences;
  readonly objects: ObjectStore;
  /**
   * Number that the seed is made from. Without `attestation` it is required; with it, the run is `POSTHOC`: it can be
   * re-executed, and nothing says that it came before its choice.
   */
  readonly seed?: number;
  /** With it and without `seed` the run is `ONLINE`: the service draws the nonce after it has logged the manifest. */
  readonly attestation?: AttestationOptions;
  /** Where the run is kept, so that it goes on after a kill; without it a kill loses the run. */
  readonly checkpointDirectory?: string;
  /** Tensor backend of this process in place of the program's kernels; the service can attest no such run. */
  readonly backend?: ProgramBackend;
  /** Forgets what the checkpoint directory keeps. */
  readonly restart?: boolean;
  /** JSON Lines file that the run is added to, as one of the configurations that were tried. */
  readonly trialsPath?: string;
  readonly onEvent?: (event: TrainingEvent) => void;
  readonly signal?: AbortSignal;
  /** Monotonic clock in milliseconds. */
  readonly now?: () => number;
}
