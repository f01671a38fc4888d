/**
 * How far a training run was verified, weakest first.
 *
 * - `L0_INTEGRITY` — hashes, chain and signatures only
 * - `L1_LEGACY_TOLERANCE` — replay within a tolerance, which the published attacks pass
 * - `L2_SAMPLED` — sampled segments replayed bit for bit
 * - `L3_FULL` — every segment replayed bit for bit
 * - `L4_FULL_QUORUM` — `L3_FULL` by at least two verifiers with distinct keys
 */
export const assuranceLevels = [
  'L0_INTEGRITY',
  'L1_LEGACY_TOLERANCE',
  'L2_SAMPLED',
  'L3_FULL',
  'L4_FULL_QUORUM',
] as const;

/** One of {@link assuranceLevels}. */
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** Whether `level` is at least as strong as `minimum`. */
export function reaches(level: AssuranceLevel, minimum: AssuranceLevel): boolean {
  return assuranceLevels.indexOf(level) >= assuranceLevels.indexOf(minimum);
}

/** `ONLINE`: manifest, nonce, training, in this order. `POSTHOC`: the prover chose the seed; re-executable, no more. */
export type ProofMode = 'ONLINE' | 'POSTHOC';
