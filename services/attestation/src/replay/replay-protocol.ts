import type { FileEntry } from '@isthmus/proof';
import type { ReplaySpan } from '../domain/replay-span.js';
import type { FailureClass } from '../domain/verdict.js';

/** What a replayer is told of a span: everything it needs, and no more. Objects it asks for by their digest. */
export interface ReplayTask {
  readonly runId: string;
  /** The manifest, canonical JSON. */
  readonly manifest: Uint8Array;
  readonly seed: Uint8Array;
  /** The segments to replay. */
  readonly span: ReplaySpan;
  /** Segments of the whole run: the span that ends there checks the exported files too. */
  readonly totalSegments: number;
  /** Committed hash of the state before the span, 32 bytes. */
  readonly startHash: Uint8Array;
  /** Object of the state before the span; undefined at segment 0, whose state follows from the seed. */
  readonly startObject: string | undefined;
  /** What was committed of each segment of the span. */
  readonly segments: readonly ReplaySegment[];
  /** The released files, for the span that ends the run. */
  readonly files: readonly FileEntry[];
  readonly maxStateBytes: number;
}

/** What was committed of one segment. */
interface ReplaySegment {
  readonly stateHash: Uint8Array;
  readonly readsDigest: Uint8Array;
  readonly stateObject: string | undefined;
  readonly steps: number;
}

/** To the replayer. */
export type ToReplayer =
  | { readonly kind: 'task'; readonly task: ReplayTask }
  | { readonly kind: 'object'; readonly sha256: string; readonly bytes: Uint8Array }
  | { readonly kind: 'missing'; readonly sha256: string; readonly message: string };

/** From the replayer. The last message of a task is `done`, `failed` or `error`. */
export type FromReplayer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'want'; readonly sha256: string }
  /** The segment was replayed and is equal. */
  | { readonly kind: 'segment'; readonly segment: number }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly failure: {
        readonly class: FailureClass;
        readonly message: string;
        readonly segment: number | undefined;
      };
      /** What shows the failure, JSON; undefined where the message says it all. */
      readonly evidence: Uint8Array | undefined;
    }
  /** Something other than the proof went wrong; another attempt may succeed. */
  | { readonly kind: 'error'; readonly message: string };
