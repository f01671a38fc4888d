/** Options of `isthmus demo`. */
export interface DemoOptions {
  /** Folder or file of events; the simulator where absent. */
  readonly data?: string;
  readonly source?: string;
  readonly target?: string;
  readonly seed: number;
  /** Whether the mesh stays up, and its folder stays, until Ctrl-C. */
  readonly keep?: boolean;
  /** Where the report is written; beside the working folder where absent. */
  readonly report?: string;
  /** Name under which the figures are written to docs/results of this checkout; not written where absent. */
  readonly results?: string;
  /** Folder of the mesh; a temporary one where absent. */
  readonly directory?: string;
  readonly json?: boolean;
}
