/** Everything that the report of a demo shows. Plain data, so that the page can be drawn from a file as well. */
export interface ReportData {
  readonly title: string;
  /** When the demo ran, ISO 8601. */
  readonly date: string;
  /** Processor, cores, Node version. */
  readonly machine: string;
  readonly data: DataSummary;
  readonly runs: readonly RunSummary[];
  readonly evaluation: EvaluationSummary;
  readonly recommendation: RecommendationSummary;
  readonly trace: TraceSpan;
  readonly refusal: RefusalSummary;
}

/** The interaction data that everything was learnt from. */
export interface DataSummary {
  readonly name: string;
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly sourceDomain: string;
  readonly targetDomain: string;
  /** Users whose held-out event is a known user's next one. */
  readonly warmUsers: number;
  /** Users whose whole target history was held out. */
  readonly coldUsers: number;
}

/** One attested training run. */
export interface RunSummary {
  readonly program: string;
  readonly programDigest: string;
  readonly modelDigest: string;
  readonly trainingSeconds: number;
  readonly replaySeconds: number;
  readonly steps: number;
  readonly segments: number;
  readonly replayedSegments: number;
  readonly assurance: string;
  readonly mode: string;
  readonly attestationId: string;
  readonly logIndex: string;
  readonly curve: readonly CurvePoint[];
}

/** Figures of a run at a step. */
export interface CurvePoint {
  readonly step: number;
  readonly phase: string;
  readonly figures: { readonly [name: string]: number };
}

/** How good the models are on held-out events. */
export interface EvaluationSummary {
  /** Retrieval on warm and cold users, a row a model. */
  readonly retrieval: readonly {
    readonly model: string;
    readonly warmRecall50: number;
    readonly warmNdcg20: number;
    readonly coldRecall50: number | undefined;
  }[];
  /** Mean AUC of the click heads over the seeds. */
  readonly auc: { readonly representation: number; readonly targetOnly: number; readonly seeds: number };
}

/** One explained answer. */
export interface RecommendationSummary {
  readonly history: readonly { readonly domain: string; readonly itemId: string; readonly note: string }[];
  readonly interests: readonly {
    readonly id: string;
    readonly probability: number;
    readonly generated: boolean;
    readonly examples: readonly string[];
  }[];
  readonly hits: readonly {
    readonly itemId: string;
    readonly note: string;
    readonly score: number;
    readonly interestId: string;
    readonly causes: readonly {
      readonly itemId: string;
      readonly note: string;
      readonly probability: number;
    }[];
  }[];
}

/** A span of the trace with what happened inside it. */
export interface TraceSpan {
  readonly service: string;
  readonly name: string;
  /** Start, relative to the root, milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly children: readonly TraceSpan[];
}

/** What a service said to a model that had been altered. */
export interface RefusalSummary {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}
