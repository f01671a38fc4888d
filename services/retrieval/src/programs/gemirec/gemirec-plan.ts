import { type InputInfo, type JsonObject, type Plan, parseSpecification } from '@isthmus/learning';
import { representationArtefact } from '../training/cross-domain-reader.js';
import { type TrainingNumbers, trainingPlan } from '../training/training-plan.js';
import { type InterestSettings, interestFields } from './interest-settings.js';

/** The numbers of a run of GemiRec. */
export type GemirecNumbers = TrainingNumbers & Omit<InterestSettings, 'crossDomain'>;

/** Plan of a run of GemiRec. */
export function planGemirec(spec: JsonObject, inputs: InputInfo): Plan {
  const { crossDomain, ...settings } = parseSpecification('gemirec', interestFields, spec);
  if (settings.dim % settings.heads !== 0) {
    throw new Error(`'heads' has to divide 'dim': ${settings.heads} does not divide ${settings.dim}`);
  }
  const artefact = crossDomain ? inputs.artefacts[representationArtefact] : undefined;
  const choice = {
    interests: settings.interests,
    representationDigest: artefact?.digest ?? null,
    dictionaryPhaseSteps: settings.dictionarySteps * settings.codes.length,
  };
  return trainingPlan(settings, choice, inputs);
}
