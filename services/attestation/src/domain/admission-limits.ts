/** What this service takes on. A run that needs more is refused before its nonce is drawn. */
export interface AdmissionLimits {
  /** Most steps of a run. */
  readonly maxSteps: number;
  /** Most segments of a run. */
  readonly maxSegments: number;
  /** Largest encoded state, in bytes. */
  readonly maxStateBytes: number;
  /** Largest object that may be uploaded, in bytes. */
  readonly maxObjectBytes: number;
  /** Most bytes of all inputs of a run together, which a replayer holds in memory. */
  readonly maxInputBytes: number;
  /** Runs of one prover that may be neither decided nor expired. */
  readonly openRunsPerProver: number;
  /** Segments that a prover may send ahead of their acknowledgement. */
  readonly window: number;
  /** Time without a commitment after which a run expires, in milliseconds. */
  readonly idleTimeoutMs: number;
}
