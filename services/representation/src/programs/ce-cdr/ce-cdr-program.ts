import { createState, type JsonObject, type ProgramProgress, type TrainingProgram } from '@isthmus/learning';

import { cataloguePhase } from './catalogue-phase.js';
import { contentPhase, encodePhase } from './content-phase.js';
import { exportModel } from './export-model.js';
import { baseGraphPhase, baseRefreshPhase, graphPhase, refreshPhase } from './graph-phase.js';
import { labelPhase } from './label-phase.js';
import { beginPhases, donePhase, type Phase, phaseProgress, runPhaseStep } from './phase.js';
import { planCeCdr } from './plan.js';
import { prototypePhase } from './prototype-phase.js';
import { surveyPhase } from './survey-phase.js';
import { trainingPhase } from './training-phase.js';
import { validationPhase } from './validation-phase.js';
import { vectorPhase } from './vector-phase.js';

/** The phases in their order. */
const phases: readonly Phase[] = [
  cataloguePhase,
  contentPhase,
  encodePhase,
  surveyPhase,
  graphPhase,
  baseGraphPhase,
  labelPhase,
  trainingPhase,
  validationPhase,
  refreshPhase,
  baseRefreshPhase,
  prototypePhase,
  vectorPhase,
];

const identity = { name: 'ce-cdr', version: '2' } as const;

/** Figures to show in each phase: counters of the state by the name that people read. */
const figures: { readonly [phase: string]: { readonly [shown: string]: string } } = {
  content: { loss: 'content/loss' },
  train: { loss: 'train/loss', 'base loss': 'train/baseLoss', 'causal loss': 'train/causalLoss' },
};
const validationFigures = {
  'AUC target only': 'validate/auc-target-only',
  'AUC with representation': 'validate/auc-with-representation',
};

/**
 * Trains the cross-domain representation: which events of the source domains cause interest in which target items. This is
 * our reconstruction of CE-CDR (Causality Enhancement for Cross-Domain Recommendation, 2025) from its abstract and from
 * summaries; the equations stand at the functions of the domain, and nothing here claims to be the authors' own.
 */
export const ceCdrProgram: TrainingProgram<JsonObject> = {
  ...identity,
  plan: planCeCdr,
  initialize(plan) {
    const state = createState('');
    beginPhases(phases, plan, state);
    return state;
  },
  advance(plan, seed, state, inputs) {
    runPhaseStep(phases, plan, seed, state, inputs);
    return state;
  },
  finished: (_plan, state) => state.phase === donePhase,
  export: (plan, state) => exportModel(identity, plan, state),
  progress(plan, state): ProgramProgress {
    const shown: Record<string, number> = {};
    const names = figures[state.phase] ?? validationFigures;
    for (const [name, counterName] of Object.entries(names)) {
      const value = state.counters.get(counterName);
      if (value !== undefined) shown[name] = value;
    }
    return { phase: state.phase, ...phaseProgress(phases, plan, state), figures: shown };
  },
};
