/** How a target event came about. */
export type TargetEventKind = 'chain' | 'caused' | 'noise';

/** A source event that caused a target event. Positions are those in the user's whole history. */
export interface CausalPair {
  readonly record: number;
  readonly sourcePosition: number;
  readonly targetPosition: number;
  readonly sourceItem: number;
  readonly targetItem: number;
  readonly sourceTimestampMs: number;
  readonly targetTimestampMs: number;
  /** Probability that exactly this source event was the cause, given the item taken and everything before it. */
  readonly probability: number;
  /** Whether the two clusters are of one topic, so that content shows the relation. */
  readonly visible: boolean;
}

/** Truth about one target event. */
export interface TargetEventTruth {
  readonly record: number;
  /** Position in the user's whole history. */
  readonly position: number;
  readonly kind: TargetEventKind;
  /** Cluster of the item taken. */
  readonly cluster: number;
  /** Probability of that cluster and of that item, given everything before the event, the latent state included. */
  readonly clusterProbability: number;
  readonly itemProbability: number;
}

/** A candidate cause. */
export interface CauseCandidate {
  /** Position of the source event in the user's whole history. */
  readonly sourcePosition: number;
  /** Probability that it is the cause of the item taken. */
  readonly probability: number;
}

/** What is known of a simulated world and nobody who learns may see. */
export interface SimulatorTruth {
  /** Cluster and style of every item, by item index. Target and source clusters are numbered apart, each from 0. */
  readonly itemClusters: Uint32Array;
  readonly itemStyles: Uint32Array;
  /** Whether an item of the source domain can cause anything, by item index. */
  readonly potent: readonly boolean[];
  /** Target cluster that a source cluster causes interest in. */
  readonly causedCluster: Uint32Array;
  /** Row-stochastic transition matrix of the chain over target clusters, [clusters, clusters] row-major. */
  readonly transitions: Float64Array;
  /** Entropy rate of that chain, in nats for one event of the chain. */
  readonly entropyRateNats: number;
  /** Mean of -log clusterProbability over all target events: what the best predictor of the next cluster reaches. */
  readonly clusterNllNats: number;
  /** Style of every user. */
  readonly userStyles: Uint32Array;
  readonly targetEvents: readonly TargetEventTruth[];
  readonly causes: readonly CausalPair[];
  /**
   * Exact distribution over all items (zero for the source domain) of the user's target event at a position of the
   * whole history, given everything before it and the latent state: an oracle for rankings and click models.
   */
  nextItem(record: number, position: number): Float64Array;
  /** Probabilities of every possible cause of the target event at a position; they add up to at most 1. */
  candidateCauses(record: number, position: number): readonly CauseCandidate[];
}
