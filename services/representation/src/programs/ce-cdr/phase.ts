import {
  type CommittedInteractions,
  counter,
  type Inputs,
  openInteractions,
  type Plan,
  type TrainingState,
  withoutValidation,
} from '@isthmus/learning';

import type { ModelShape } from '../../model/model-shape.js';
import { type CeCdrValues, shapeOf, valuesOf } from './plan.js';

/** What a step of a phase works with. */
export interface PhaseContext {
  readonly values: CeCdrValues;
  readonly shape: ModelShape;
  readonly seed: Uint8Array;
  readonly state: TrainingState;
  /** What is learnt from: without the validation part. */
  readonly data: CommittedInteractions;
  /** Everything, for what is worked out with the finished model. */
  readonly whole: CommittedInteractions;
}

/** A part of the training, cut into steps. */
export interface Phase {
  readonly name: string;
  /** Number of its steps once the phases before it are done; 0 to leave it out. */
  steps(values: CeCdrValues, state: TrainingState): number;
  /** Step `index` of the phase, from 0. Changes the state in place. */
  run(context: PhaseContext, index: number): void;
}

/** Name of the phase after the last one. */
export const donePhase = 'done';
/** Counter of the steps taken in the phase. */
const phaseStep = 'phase/step';

/** Puts a state at the first step of the first phase. */
export function beginPhases(phases: readonly Phase[], plan: Plan, state: TrainingState): void {
  state.counters.set(phaseStep, 0);
  enter(phases, 0, plan, state);
}

/** Takes one step and moves on to the next phase after the last step of one. */
export function runPhaseStep(
  phases: readonly Phase[],
  plan: Plan,
  seed: Uint8Array,
  state: TrainingState,
  inputs: Inputs,
): void {
  const at = phases.findIndex((phase) => phase.name === state.phase);
  const phase = phases[at];
  if (phase === undefined) throw new Error(`there is no step to take in phase '${state.phase}'`);
  const context = phaseContext(plan, seed, state, inputs);
  const index = counter(state, phaseStep);
  const total = phase.steps(context.values, state);
  phase.run(context, index);
  state.step++;
  state.counters.set(phaseStep, index + 1);
  if (index + 1 >= total) enter(phases, at + 1, plan, state);
}

const parts = new WeakMap<CommittedInteractions, CommittedInteractions>();

function learntFrom(whole: CommittedInteractions): CommittedInteractions {
  let data = parts.get(whole);
  if (data === undefined) {
    data = withoutValidation(whole);
    parts.set(whole, data);
  }
  return data;
}

/** What a step at this state works with. */
export function phaseContext(
  plan: Plan,
  seed: Uint8Array,
  state: TrainingState,
  inputs: Inputs,
): PhaseContext {
  const values = valuesOf(plan);
  const whole = openInteractions(inputs);
  const shape = shapeOf(values, contentDimOf(values, state));
  return { values, shape, seed, state, data: learntFrom(whole), whole };
}

/** Steps done and expected in the present phase. */
export function phaseProgress(
  phases: readonly Phase[],
  plan: Plan,
  state: TrainingState,
): { readonly completed: number; readonly total: number } {
  const phase = phases.find(({ name }) => name === state.phase);
  if (phase === undefined) return { completed: 0, total: 0 };
  return { completed: counter(state, phaseStep), total: phase.steps(valuesOf(plan), state) };
}

/** Width of the content vectors of a run: 0 until it is known that there is content to learn from. */
export function contentDimOf(values: CeCdrValues, state: TrainingState): number {
  return state.counters.get('content/usable') === 1 ? values.contentDim : 0;
}

function enter(phases: readonly Phase[], from: number, plan: Plan, state: TrainingState): void {
  let at = from;
  while (at < phases.length && phases[at]!.steps(valuesOf(plan), state) === 0) at++;
  state.phase = phases[at]?.name ?? donePhase;
  state.counters.set(phaseStep, 0);
}
