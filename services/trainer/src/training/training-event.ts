import type { FileEntry, KernelProfile } from '@isthmus/proof';
import type { InputReferences } from '../inputs/open-inputs.js';

/** Whether and how a run is attested: with a nonce before training, with a seed of the prover's own, or not at all. */
export type RunMode = 'ONLINE' | 'POSTHOC' | 'LOCAL';

/** The figures of a program at one moment, for curves. */
export interface CurvePoint {
  readonly step: number;
  readonly phase: string;
  readonly figures: { readonly [name: string]: number };
}

/** Times of one segment, for reports. */
export interface SegmentTiming {
  readonly segment: number;
  readonly steps: number;
  /** Time inside the program. */
  readonly trainMs: number;
  /** Time for encoding and hashing the state. */
  readonly recordMs: number;
}

/** How the attestation service decided. */
export interface RunVerdict {
  readonly state: 'ATTESTED' | 'REJECTED' | 'ABSTAINED' | 'EXPIRED';
  /** Such as `L3_FULL`; `NONE` where it is not attested. */
  readonly level: string;
  readonly replayedSegments: number;
  readonly totalSegments: number;
  /** Kind and words of the first failure; empty where attested. */
  readonly failureClass: string;
  readonly failure: string;
  /** Time from FinishRun to the verdict. */
  readonly verifyMs: number;
}

/** The attestation of a run and what verifies it offline. */
export interface RunAttestation {
  readonly id: string;
  /** SHA-256 of the bundle, its key in the content-addressed store. */
  readonly bundleDigest: string;
  /** SHA-256 of the log proof, its key in the same store. */
  readonly logProofDigest: string;
  /** Sigstore bundle, JSON text. */
  readonly bundle: string;
  /** Proof of inclusion in the log. */
  readonly logProof: string;
  readonly logIndex: string;
}

/** What happens while a run is trained, in the order of time. */
export type TrainingEvent =
  | {
      readonly event: 'started';
      readonly program: string;
      readonly programDigest: string;
      readonly mode: RunMode;
      readonly runId?: string;
      readonly maxSteps: number;
      readonly segmentSteps: number;
    }
  | { readonly event: 'resumed'; readonly segment: number; readonly step: number }
  | {
      readonly event: 'progress';
      readonly step: number;
      readonly phase: string;
      readonly completed: number;
      readonly total: number;
      readonly figures: { readonly [name: string]: number };
    }
  | ({ readonly event: 'segment' } & SegmentTiming)
  | { readonly event: 'exported'; readonly modelDigest: string; readonly files: readonly FileEntry[] }
  | { readonly event: 'replay'; readonly state: string; readonly replayed: number; readonly total: number }
  | { readonly event: 'verdict'; readonly verdict: RunVerdict };

/** What a run gave. */
export interface TrainResult {
  readonly program: { readonly name: string; readonly version: string; readonly digest: string };
  readonly kernelProfile: KernelProfile;
  /** What it was trained with, by digests. */
  readonly inputs: InputReferences;
  readonly mode: RunMode;
  /** C0 of the manifest, hexadecimal. */
  readonly manifestDigest: string;
  /** Seed of the run, 32 bytes in hexadecimal. */
  readonly seed: string;
  readonly steps: number;
  readonly segments: number;
  /** Chain value after the last segment, hexadecimal. */
  readonly chainHead: string;
  /** SHA-256 of the model's file list, its key in the content-addressed store. */
  readonly modelDigest: string;
  readonly files: readonly FileEntry[];
  /** Figures of the program at its end. */
  readonly figures: { readonly [name: string]: number };
  /** Size of the encoded last state. */
  readonly stateBytes: number;
  readonly trainMs: number;
  readonly recordMs: number;
  /** Processor time of the training in seconds, all threads. */
  readonly cpuSeconds: number;
  /** Share of recording in the time of training. */
  readonly recordingShare: number;
  readonly curve: readonly CurvePoint[];
  readonly timings: readonly SegmentTiming[];
  readonly runId?: string;
  readonly verdict?: RunVerdict;
  readonly attestation?: RunAttestation;
}
