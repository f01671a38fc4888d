import { ProofError } from './proof-error.js';

/** Chance that a run with some bad segments is accepted. */
export interface MissProbability {
  readonly badSegments: number;
  /** 0 to 1. */
  readonly p: number;
}

/** How surely a replay of some segments, drawn at random after they were committed, finds bad ones. */
export interface Soundness {
  readonly model: 'hypergeometric';
  /** For one bad segment, and for one in twenty. */
  readonly missProbability: readonly MissProbability[];
  /** Tries that a prover has without a trace, as a power of two: 0, since every run is logged before its seed is drawn. */
  readonly grindingBits: number;
}

/**
 * Soundness of replaying `replayed` of `segments` segments: with b bad ones, a miss has the probability
 * C(segments - b, replayed) / C(segments, replayed), which is 0 where all are replayed.
 */
export function replaySoundness(segments: number, replayed: number): Soundness {
  if (segments < 1 || replayed < 0 || replayed > segments) {
    throw new ProofError('RUN_STRUCTURE', `${replayed} of ${segments} segments cannot be replayed`);
  }
  const badCounts = [...new Set([1, Math.ceil(segments / 20)])];
  return {
    model: 'hypergeometric',
    missProbability: badCounts.map((badSegments) => ({
      badSegments,
      p: missProbability(segments, replayed, badSegments),
    })),
    grindingBits: 0,
  };
}

function missProbability(segments: number, replayed: number, bad: number): number {
  // The product over the bad ones: each must lie among those that were not replayed.
  let p = 1;
  for (let i = 0; i < bad; i++) p *= Math.max(0, segments - replayed - i) / (segments - i);
  return p;
}
