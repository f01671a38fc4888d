import type { Clock, Database, ObjectStore, Telemetry } from '@isthmus/chassis';
import type { NoteSigner, SigningKey } from '@isthmus/proof';
import type { AllowedPrograms } from './allowed-programs.js';
import type { AdmissionLimits } from './domain/admission-limits.js';
import type { ReplayQueue } from './replay/replay-queue.js';
import type { RunChanges } from './runs/run-changes.js';

/** What the methods of the service stand on. */
export interface AttestationContext {
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly queue: ReplayQueue;
  readonly changes: RunChanges;
  readonly limits: AdmissionLimits;
  /** The programs that may be run here. */
  readonly programs: AllowedPrograms;
  /** Signs attestations. */
  readonly signingKey: SigningKey;
  /** Signs checkpoints of the log; its name is the log's origin. */
  readonly logSigner: NoteSigner;
  /** URI by which attestations name this verifier. */
  readonly verifierId: string;
  /** Segments that one worker replays in one go. */
  readonly spanSegments: number;
}
