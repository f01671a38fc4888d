/** Sizes and roles that a model is read with. */
export interface ModelShape {
  /** Names of the domains; the index is the domain's number. */
  readonly domains: readonly string[];
  /** Numbers of the domains whose events are looked at. */
  readonly sourceDomains: readonly number[];
  /** Number of the domain that is recommended from. */
  readonly targetDomain: number;
  /** Width of factors and representations. */
  readonly dim: number;
  /** Width of content vectors; 0 where the items carry no content to learn from. */
  readonly contentDim: number;
  /** Rank of the scorer's bilinear form. */
  readonly rank: number;
  /** Most source events, and most target events, that are looked at: the latest ones. */
  readonly maxSourceEvents: number;
  readonly maxTargetEvents: number;
}
