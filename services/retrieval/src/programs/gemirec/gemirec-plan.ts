import { type InputInfo, type JsonObject, type Plan, parseSpecification } from '@isthmus/learning';
import { chooseCodeCounts } from '../../domain/dictionary-size.js';
import { representationArtefact } from '../training/cross-domain-reader.js';
import { type TrainingNumbers, trainingPlan } from '../training/training-plan.js';
import { type InterestSettings, interestFields } from './interest-settings.js';

/** The numbers of a run of GemiRec. */
export type GemirecNumbers = TrainingNumbers & Omit<InterestSettings, 'crossDomain'>;

/** Plan of a run of GemiRec. */
export function planGemirec(spec: JsonObject, inputs: InputInfo): Plan {
  const { crossDomain, ...given } = parseSpecification('gemirec', interestFields, spec);
  const settings = { ...given, codes: codesFor(given.codes, inputs) };
  if (settings.dim % settings.heads !== 0) {
    throw new Error(`'heads' has to divide 'dim': ${settings.heads} does not divide ${settings.dim}`);
  }
  const artefact = crossDomain ? inputs.artefacts[representationArtefact] : undefined;
  const choice = {
    interests: settings.interests,
    representationDigest: artefact?.digest ?? null,
    dictionaryPhaseSteps: settings.dictionarySteps * settings.codes.length,
  };
  // Without another domain a dropped history would leave nothing to learn from.
  const historyDropout = artefact === undefined ? 0 : settings.historyDropout;
  return trainingPlan({ ...settings, historyDropout }, choice, inputs);
}

function codesFor(given: readonly number[], { records }: InputInfo): readonly number[] {
  if (given.length === 1) throw new Error("'codes' has two levels or is empty, it has one");
  const size = records.interactions?.description as Partial<
    Record<'targetItems' | 'items' | 'events', number>
  >;
  if (given.length > 0 || size === undefined) return given;
  const items = size.targetItems ?? size.items ?? 0;
  return chooseCodeCounts({ items, events: size.events ?? 0 });
}
