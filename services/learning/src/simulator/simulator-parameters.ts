/**
 * Every number of the simulated world. The probabilities of one kind of choice add up to 1 together with the
 * remainder that the comment names.
 */
export interface SimulatorParameters {
  /** Any unsigned 32-bit integer; draws the world and everything in it. */
  readonly seed: number;
  /** Number of users. */
  readonly users: number;
  /** Share of users without any event in the target domain, 0 to 1. */
  readonly sourceOnlyShare: number;
  /** Items of each domain; a multiple of `clusters` times `styles`. */
  readonly sourceItems: number;
  readonly targetItems: number;
  /** Topics ("clusters") of each domain, 4 to 20. */
  readonly clusters: number;
  /** Styles within every cluster, the same in all clusters and both domains. */
  readonly styles: number;
  /** Events of a user in each domain: uniform from the first to the second number. */
  readonly sourceEvents: readonly [number, number];
  readonly targetEvents: readonly [number, number];
  /** Events in the source domain before the first target event. */
  readonly sourceHeadStart: number;

  /** Source topics that a user likes, and the share of source events outside of them (uniform over all items). */
  readonly sourceInterests: number;
  readonly sourceNoise: number;

  /** Markov chain over target clusters: to stay, to move to the first and to the second successor; the remainder is uniform over all clusters. */
  readonly stay: number;
  readonly firstSuccessor: number;
  readonly secondSuccessor: number;
  /** Share of target events that a source event causes, where the user has one that can. */
  readonly causedShare: number;
  /** Share of target events that are uniform over all items. */
  readonly targetNoise: number;
  /** Source events that can cause a target event: so many of the latest ones, */
  readonly causeWindow: number;
  /** the weight of each being this power of its age in source events, */
  readonly causeDecay: number;
  /** and only if their item is potent: share of the source items that are. */
  readonly potentShare: number;
  /** Share of clusters whose effect is in the target cluster of the same topic; the others cause something unlike. */
  readonly visibleMappingShare: number;

  /** Popularity within a cluster falls with this power of the rank. */
  readonly popularityExponent: number;
  /** How many times likelier an item of the fitting style is. */
  readonly styleAffinity: number;

  /** Share of items whose category is given. */
  readonly categoryShare: number;
  /** Words of an item: of its topic, of its style, and of no meaning. */
  readonly topicWords: number;
  readonly styleWords: number;
  readonly noiseWords: number;
  /** Numeric features, and the standard deviation around the topic's centre (centres have deviation 1 per feature). */
  readonly features: number;
  readonly featureNoise: number;

  /** First event: uniform over so many days from `startMs`; mean gap between the events of a user in days. */
  readonly startMs: number;
  readonly startSpreadDays: number;
  readonly meanGapDays: number;
}

/** The world of the demo and of the benchmarks. Changing a number here is an entry in the changelog. */
export const defaultSimulation: SimulatorParameters = {
  seed: 1,
  users: 2_000,
  sourceOnlyShare: 0.1,
  sourceItems: 600,
  targetItems: 600,
  clusters: 20,
  styles: 5,
  sourceEvents: [15, 35],
  targetEvents: [12, 32],
  sourceHeadStart: 4,
  sourceInterests: 3,
  sourceNoise: 0.1,
  stay: 0.45,
  firstSuccessor: 0.27,
  secondSuccessor: 0.13,
  causedShare: 0.4,
  targetNoise: 0.08,
  causeWindow: 8,
  causeDecay: 0.85,
  potentShare: 0.6,
  visibleMappingShare: 0.6,
  popularityExponent: 0.5,
  styleAffinity: 4,
  categoryShare: 0.8,
  topicWords: 4,
  styleWords: 2,
  noiseWords: 2,
  features: 8,
  featureNoise: 0.5,
  startMs: 1_672_531_200_000,
  startSpreadDays: 300,
  meanGapDays: 4,
};

/** A world of a fifth of the items and a seventh of the users, for tests. */
export const smallSimulation: SimulatorParameters = {
  ...defaultSimulation,
  users: 300,
  sourceItems: 120,
  targetItems: 120,
  clusters: 8,
  styles: 3,
  sourceEvents: [10, 20],
  targetEvents: [8, 20],
};
