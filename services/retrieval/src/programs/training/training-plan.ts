import type { InputInfo, Json, Plan } from '@isthmus/learning';
import type { CommonSettings } from './retrieval-settings.js';

/** The numbers of a training run that the harness reads. A plan's values are these and those of the design, as JSON. */
export interface TrainingNumbers extends CommonSettings {
  readonly domains: readonly string[];
  readonly targetDomain: string;
  /** Digest of the representation that is read; null for none. */
  readonly representationDigest: string | null;
  /** Queries that a user is searched with. */
  readonly interests: number;
  readonly epochSteps: number;
  readonly dictionaryPhaseSteps: number;
  readonly jointSteps: number;
  /** Steps that count what is added to the scores. */
  readonly countingSteps: number;
}

/** Users that a step of counting reads. */
export const countedUsers = 8192;

/** What a design chooses of them, beside the settings. */
export interface DesignChoice {
  readonly interests: number;
  readonly representationDigest: string | null;
  readonly dictionaryPhaseSteps: number;
}

/** Plan of a run from the settings of a design: sizes it by the declared data. */
export function trainingPlan<Settings extends CommonSettings>(
  settings: Settings,
  choice: DesignChoice,
  inputs: InputInfo,
): Plan {
  const interactions = inputs.records.interactions;
  if (interactions === undefined || inputs.records.items === undefined) {
    throw new Error(
      "the program reads the data sets 'interactions' and 'items'; the run has to declare both",
    );
  }
  const { domains, targetDomain } = interactions.description;
  const epochSteps = Math.ceil(interactions.size / settings.batchSize);
  const jointSteps = Math.max(epochSteps, settings.maxEpochs * epochSteps - settings.warmUpSteps);
  const countingSteps = settings.prior ? Math.ceil(interactions.size / countedUsers) : 0;
  const maxSteps = settings.warmUpSteps + choice.dictionaryPhaseSteps + jointSteps + countingSteps + 1;
  const numbers: Settings & TrainingNumbers = {
    ...settings,
    ...choice,
    // A history of all domains says itself what a representation of the others would.
    representationDigest: settings.histories === 'all' ? null : choice.representationDigest,
    domains: domains as readonly string[],
    targetDomain: targetDomain as string,
    epochSteps,
    jointSteps,
    countingSteps,
  };
  return {
    maxSteps,
    segmentSteps: Math.max(1, Math.ceil(maxSteps / settings.segments)),
    values: numbers as unknown as { readonly [key: string]: Json },
  };
}

/** The numbers of a plan. */
export function numbersOf<Numbers extends TrainingNumbers>(plan: Plan): Numbers {
  return plan.values as unknown as Numbers;
}
