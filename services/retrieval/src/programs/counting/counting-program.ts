import { prepareKernels } from '@isthmus/kernels';
import {
  addTensor,
  createState,
  type Inputs,
  type Json,
  type JsonObject,
  type ModelFiles,
  openInteractions,
  type Plan,
  type ProgramBundle,
  parseSpecification,
  setTensor,
  type TrainingState,
  uint32Tensor,
  withoutValidation,
} from '@isthmus/learning';
import { type CountingHeader, countingModelFormat, encodeCountingModel } from '../../model/counting-model.js';
import { openCountingRecommender } from './counting-recommender.js';
import type { CountingNumbers, CountingRule } from './counting-rule.js';
import type { CommonSettings } from './counting-settings.js';
import { validateCounts } from './validate-counts.js';

/**
 * A program that counts. Phases: `counting` what may be learnt from, some users a step; `validating` in one step; and where
 * `countValidation` says so, `counting-everything` once more from the start.
 */
export function countingProgram<S extends CommonSettings>(rule: CountingRule<S>): ProgramBundle {
  const settingsOf = (plan: Plan) => plan.values as unknown as S & CountingNumbers;
  return {
    abi: 1,
    program: {
      name: rule.name,
      version: rule.version,
      plan(spec, inputs) {
        const settings = parseSpecification(rule.name, rule.fields, spec as JsonObject) as unknown as S;
        rule.check?.(settings);
        const { interactions, items } = inputs.records;
        if (interactions === undefined || items === undefined)
          throw new Error(
            "the program reads the data sets 'interactions' and 'items'; the run has to declare both",
          );
        const { domains, targetDomain } = interactions.description;
        const passes = settings.countValidation ? 2 : 1;
        const maxSteps = passes * countingSteps(interactions.size, settings.usersPerStep) + 1;
        return {
          maxSteps,
          segmentSteps: Math.ceil(maxSteps / settings.segments),
          values: {
            ...(settings as unknown as JsonObject),
            domains: domains as Json,
            targetDomain: targetDomain as string,
            users: interactions.size,
          },
        };
      },
      initialize(_plan, _seed, inputs) {
        const state = createState('counting');
        addCatalogue(state, inputs);
        rule.reset(state, openInteractions(inputs).items);
        return state;
      },
      advance(plan, seed, state, inputs) {
        const settings = settingsOf(plan);
        const data = openInteractions(inputs);
        if (state.phase === 'validating') {
          const figures = validateCounts(
            exportModel(rule, plan, state),
            data,
            seed,
            settings.validationUsers,
          );
          for (const [name, value] of Object.entries(figures)) state.counters.set(name, value);
          if (settings.countValidation) {
            state.phase = 'counting-everything';
            uint32Tensor(state, 'items/popularity').fill(0);
            rule.reset(state, data.items);
          }
        } else {
          const learnt = state.phase === 'counting' ? withoutValidation(data) : data;
          const counting = countingSteps(data.users, settings.usersPerStep);
          const step = state.phase === 'counting' ? state.step : state.step - counting - 1;
          const start = step * settings.usersPerStep;
          const end = Math.min(data.users, start + settings.usersPerStep);
          const users = Array.from({ length: end - start }, (_, i) => learnt.history(start + i));
          countPopularity(state, users, data.targetDomain);
          const domains = state.tensors.get('items/domains')!.data as Uint8Array;
          rule.count(state, settings, users, {
            items: data.items,
            targetDomain: data.targetDomain,
            isTarget: domains.map((domain) => (domain === data.targetDomain ? 1 : 0)),
          });
          if (step + 1 === counting && state.phase === 'counting') state.phase = 'validating';
        }
        state.step++;
        return state;
      },
      finished: (plan, state) => state.step >= plan.maxSteps,
      export: (plan, state) => exportModel(rule, plan, state),
      progress: (plan, state) => ({
        phase: state.phase,
        completed: state.step,
        total: plan.maxSteps,
        figures: Object.fromEntries(state.counters),
      }),
    },
    prepare: prepareKernels,
    openRecommender: openCountingRecommender,
  };
}

function countingSteps(users: number, usersPerStep: number): number {
  return Math.ceil(users / usersPerStep);
}

/** `items/ids` (JSON), `items/domains` and, all 0, `items/popularity`. */
function addCatalogue(state: TrainingState, inputs: Inputs): void {
  const data = openInteractions(inputs);
  const domains = addTensor(state, 'items/domains', 'uint8', [data.items]);
  addTensor(state, 'items/popularity', 'uint32', [data.items]);
  const itemIds: string[] = [];
  for (let index = 0; index < data.items; index++) {
    const { itemId, domain } = data.item(index);
    itemIds.push(itemId);
    domains[index] = domain;
  }
  if (!domains.includes(data.targetDomain))
    throw new Error(`the domain ${data.description.targetDomain} has no items`);
  const text = new TextEncoder().encode(JSON.stringify(itemIds));
  setTensor(state, 'items/ids', [text.length], text);
}

function countPopularity(
  state: TrainingState,
  users: readonly { readonly domains: Uint8Array; readonly items: Uint32Array }[],
  targetDomain: number,
): void {
  const popularity = uint32Tensor(state, 'items/popularity');
  for (const { domains, items } of users)
    items.forEach((item, position) => {
      if (domains[position] === targetDomain) popularity[item]!++;
    });
}

function exportModel<S extends CommonSettings>(
  rule: CountingRule<S>,
  plan: Plan,
  state: TrainingState,
): ModelFiles {
  const settings = plan.values as unknown as S & CountingNumbers;
  const domains = state.tensors.get('items/domains')!;
  const header: CountingHeader = {
    format: countingModelFormat,
    program: rule.name,
    programVersion: rule.version,
    domains: settings.domains,
    targetDomain: settings.targetDomain,
    items: domains.data.length,
    ...rule.header(settings),
  };
  const ids = state.tensors.get('items/ids')!.data as Uint8Array;
  return encodeCountingModel(header, {
    itemIds: JSON.parse(new TextDecoder().decode(ids)) as string[],
    tensors: new Map([
      ['items/domains', domains],
      ['items/popularity', state.tensors.get('items/popularity')!],
      ...rule.tensors(state, settings),
    ]),
  });
}
