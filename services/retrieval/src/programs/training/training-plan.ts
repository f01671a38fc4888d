import type { InputInfo, Json, Plan } from '@isthmus/learning';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { representationArtefact } from './cross-domain-reader.js';
import type { CommonSettings, InterestSettings } from './retrieval-settings.js';

/** Every number of a training run with the sampled softmax. A plan's values are this, as JSON. */
export interface TrainingNumbers extends Omit<InterestSettings, 'crossDomain'> {
  readonly encoder: RetrievalShape['encoder'];
  readonly domains: readonly string[];
  readonly targetDomain: string;
  /** Digest of the representation that is read; null for none. */
  readonly representationDigest: string | null;
  readonly epochSteps: number;
  readonly dictionaryPhaseSteps: number;
  readonly jointSteps: number;
}

/** Numbers of the parts that a program without interests does not have. */
const noInterests = {
  heads: 1,
  codes: [] as readonly number[],
  interests: 1,
  hardNegatives: 0,
  window: 1,
  posteriorLoss: 0,
  historyDropout: 0,
  dictionarySteps: 0,
  refreshEpochs: 1,
  codeDecay: 0,
  frozenChurn: 0,
} as const;

/** Plan of the program with interests. */
export function planWithInterests(settings: InterestSettings, inputs: InputInfo): Plan {
  const { crossDomain, ...numbers } = settings;
  if (settings.dim % settings.heads !== 0) {
    throw new Error(`'heads' has to divide 'dim': ${settings.heads} does not divide ${settings.dim}`);
  }
  const artefact = crossDomain ? inputs.artefacts[representationArtefact] : undefined;
  return plan({ ...numbers, encoder: 'transformer' }, artefact?.digest ?? null, inputs);
}

/** Plan of a program without interests. */
export function planWithoutInterests(settings: CommonSettings, inputs: InputInfo): Plan {
  return plan({ ...settings, ...noInterests, encoder: 'mean' }, null, inputs);
}

/** The numbers of a plan. */
export function numbersOf(plan: Plan): TrainingNumbers {
  return plan.values as unknown as TrainingNumbers;
}

/** Sizes of the model of a plan, without codes while there is no dictionary. */
export function shapeOf(numbers: TrainingNumbers, crossDim: number, withInterests: boolean): RetrievalShape {
  const { encoder, dim, maxLength, heads, hidden, codes } = numbers;
  return { encoder, dim, maxLength, heads, hidden, crossDim, codes: withInterests ? codes : [] };
}

type Chosen = Omit<
  TrainingNumbers,
  'domains' | 'targetDomain' | 'representationDigest' | 'epochSteps' | 'dictionaryPhaseSteps' | 'jointSteps'
>;

function plan(chosen: Chosen, representationDigest: string | null, inputs: InputInfo): Plan {
  const interactions = inputs.records.interactions;
  if (interactions === undefined || inputs.records.items === undefined) {
    throw new Error(
      "the program reads the data sets 'interactions' and 'items'; the run has to declare both",
    );
  }
  const { domains, targetDomain } = interactions.description;
  const epochSteps = Math.ceil(interactions.size / chosen.batchSize);
  const dictionaryPhaseSteps = chosen.dictionarySteps * chosen.codes.length;
  const jointSteps = Math.max(epochSteps, chosen.maxEpochs * epochSteps - chosen.warmUpSteps);
  const maxSteps = chosen.warmUpSteps + dictionaryPhaseSteps + jointSteps + 1;
  const numbers: TrainingNumbers = {
    ...chosen,
    domains: domains as readonly string[],
    targetDomain: targetDomain as string,
    representationDigest,
    epochSteps,
    dictionaryPhaseSteps,
    jointSteps,
  };
  return {
    maxSteps,
    segmentSteps: Math.max(1, Math.ceil(maxSteps / chosen.segments)),
    values: numbers as unknown as { readonly [key: string]: Json },
  };
}
