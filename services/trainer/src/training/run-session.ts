import type { ObjectStore } from '@isthmus/chassis';
import type { FileEntry } from '@isthmus/proof';
import type { SegmentRecord } from './checkpoint-directory.js';
import type { RunAttestation, RunMode, RunVerdict, TrainingEvent } from './training-event.js';

/** The end of a run as it is handed to whoever attests it. */
export interface SessionEnd {
  readonly segments: number;
  /** Hexadecimal. */
  readonly chainHead: string;
  readonly files: readonly FileEntry[];
  readonly modelDigest: string;
  /** Told while the replay goes on. */
  readonly onChange: (event: TrainingEvent) => void;
  /** Stops waiting for the verdict; the service goes on replaying. */
  readonly signal: AbortSignal | undefined;
}

/** A verdict, and the attestation where there is one. */
interface SessionOutcome {
  readonly verdict: RunVerdict;
  readonly attestation?: RunAttestation;
}

/**
 * A run that is under way: where its seed comes from and who is told of its segments. Attested runs talk to the
 * attestation service; local ones to nobody.
 */
export interface RunSession {
  readonly mode: RunMode;
  readonly runId?: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Where states and model files go. */
  readonly objects: ObjectStore;
  /** Hands over the segments in order; resolves when the next one may be trained. Repeated segments are harmless. */
  commit(segment: SegmentRecord): Promise<void>;
  /** Ends the run and waits for the verdict. Undefined where nobody attests. */
  finish(end: SessionEnd): Promise<SessionOutcome | undefined>;
  close(): void;
}

/** The session of a run that nobody attests. */
export function localSession(seed: Uint8Array, objects: ObjectStore): RunSession {
  return {
    mode: 'LOCAL',
    seed,
    objects,
    commit: async () => {},
    finish: async () => undefined,
    close: () => {},
  };
}
