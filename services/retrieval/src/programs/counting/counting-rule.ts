import type { JsonObject, SpecFields, TrainingState, UserHistory } from '@isthmus/learning';
import type { CountingHeader } from '../../model/counting-model.js';
import type { NamedTensors } from '../../model/tensor-container.js';
import type { CommonSettings } from './counting-settings.js';

/** What one counting program does otherwise than the others. */
export interface CountingRule<S extends CommonSettings = CommonSettings> {
  readonly name: string;
  readonly version: string;
  readonly fields: SpecFields;
  /** Checks numbers against one another. Throws an Error that says what to correct. */
  readonly check?: (settings: S) => void;
  /** Empties the tensors of the rule, which are there or not yet. */
  reset(state: TrainingState, items: number): void;
  /** Counts some users, in the order of their records. */
  count(state: TrainingState, settings: S, users: readonly UserHistory[], catalogue: CountedCatalogue): void;
  /** How the model ranks. */
  header(
    settings: S,
  ): Pick<CountingHeader, 'scorer' | 'sources' | 'maxLength' | 'decay' | 'shrinkage' | 'window' | 'recency'>;
  /** Tensors of the model beside those of the catalogue. */
  tensors(state: TrainingState, settings: S): NamedTensors;
}

/** The items as a rule sees them. */
export interface CountedCatalogue {
  /** Number of items of all domains. */
  readonly items: number;
  readonly targetDomain: number;
  /** `[items]`, 1 for an item of the target domain. */
  readonly isTarget: Uint8Array;
}

/** The numbers of a plan. */
export type CountingNumbers = CommonSettings & {
  readonly domains: readonly string[];
  readonly targetDomain: string;
  readonly users: number;
} & JsonObject;
