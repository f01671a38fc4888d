import type { ObjectStore, TraceCollector } from '@isthmus/chassis';
import type { MeshLayout } from '../mesh/layout.js';
import type { Mesh } from '../mesh/mesh.js';
import type { BackgroundLane } from './background-lane.js';
import type { Narrator } from './narrator.js';
import type { Stopwatch } from './stopwatch.js';

/** What every stage of a demo works with. */
export interface DemoContext {
  readonly layout: MeshLayout;
  readonly objects: ObjectStore;
  readonly mesh: Mesh;
  readonly collector: TraceCollector;
  readonly narrator: Narrator;
  readonly stopwatch: Stopwatch;
  /** Work that goes on beside the story. */
  readonly lane: BackgroundLane;
  /** Draws cold users, and with offsets the unattested models. The attested ones get their seeds from the log. */
  readonly seed: number;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}
