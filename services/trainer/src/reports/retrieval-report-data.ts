import type { RetrievalComparison } from '../evaluation/retrieval-comparison.js';
import type { CurvePoint } from '../training/training-event.js';

/** Everything that the report on a retrieval model shows. Plain data, so that a page can be drawn from a file as well. */
export interface RetrievalReportData {
  readonly program: { readonly name: string; readonly version: string; readonly digest: string };
  readonly modelDigest: string;
  /** When the report was written, ISO 8601. */
  readonly date: string;
  readonly machine: string;
  readonly training: TrainingSummary;
  readonly data: ReportedData;
  /** Undefined for a model without an interest dictionary. */
  readonly dictionary: DictionaryMap | undefined;
  /** Undefined likewise. */
  readonly transitions: InterestTransitions | undefined;
  /** Undefined where the model cannot be asked for other numbers of interests. */
  readonly byInterests: MeasuredCurve | undefined;
  /** Undefined without anybody who has a history to leave out. */
  readonly byAge: MeasuredCurve | undefined;
  /** What `isthmus evaluate retrieval --out` wrote; empty where none was given. */
  readonly comparisons: readonly RetrievalComparison[];
  readonly user: ExplainedUser | undefined;
}

/** How the run went. */
export interface TrainingSummary {
  readonly mode: string;
  /** Such as `L3_FULL`; undefined where nothing was attested. */
  readonly assurance: string | undefined;
  readonly steps: number;
  readonly segments: number;
  readonly cpuSeconds: number;
  readonly curve: readonly CurvePoint[];
  readonly figures: { readonly [name: string]: number };
}

/** The data that it was trained on. */
export interface ReportedData {
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly targetDomain: string;
  readonly domains: readonly string[];
}

/** An item by its name. */
export interface NamedItem {
  readonly itemId: string;
  /** '' where there is none. */
  readonly category: string;
}

/** The interest dictionary: what its codes hold. */
export interface DictionaryMap {
  readonly items: number;
  readonly levels: readonly DictionaryLevel[];
  /** Codes of the first level that hold items, fullest first. */
  readonly codes: readonly MappedCode[];
  /** Tuples of codes that there are, and those that own an item. */
  readonly tuples: number;
  readonly ownedTuples: number;
}

/** Use of one level's codes. */
export interface DictionaryLevel {
  readonly codes: number;
  /** Items of each code, by its number. */
  readonly occupancy: readonly number[];
  /** `exp` of the entropy of the use, 1 to `codes`. */
  readonly perplexity: number;
  /** Codes without items. */
  readonly dead: number;
}

/** A code of the first level. */
export interface MappedCode {
  readonly code: number;
  readonly items: number;
  /** Its most frequent category and how large a share of its items has it; '' where items have none. */
  readonly category: string;
  readonly categoryShare: number;
  /** Its items with the most events. */
  readonly examples: readonly NamedItem[];
}

/** How often histories go from an interest straight to another, among the codes of the first level that events fall to most. */
export interface InterestTransitions {
  readonly codes: readonly number[];
  /** Row by row, from and to in the order of `codes`. */
  readonly counts: readonly (readonly number[])[];
  /** Transitions in all, those of other codes included. */
  readonly total: number;
}

/** A figure of the model at other settings, over the same users. */
export interface MeasuredCurve {
  readonly group: string;
  readonly users: number;
  /** Mean recall@50 with the history left out, ascending by x. */
  readonly points: readonly { readonly x: number; readonly recall50: number }[];
}

/** One user, what the model makes of the history, and what came. */
export interface ExplainedUser {
  readonly group: string;
  readonly record: number;
  readonly history: readonly (NamedItem & { readonly domain: string; readonly code: string })[];
  readonly targets: readonly (NamedItem & { readonly code: string })[];
  /** An interest each: what it finds by itself, best first. */
  readonly interests: readonly (readonly (NamedItem & { readonly code: string })[])[];
  /** The answer, best first. */
  readonly answer: readonly (NamedItem & {
    readonly code: string;
    /** Number of the interest that ranks it highest, from 0; undefined where none has it. */
    readonly interest: number | undefined;
    readonly isTarget: boolean;
  })[];
}
