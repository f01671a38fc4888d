import { prepareKernels } from '@isthmus/kernels';
import {
  addTensor,
  createState,
  type Inputs,
  integerField,
  type JsonObject,
  type ModelFiles,
  openInteractions,
  type Plan,
  type ProgramBundle,
  parseSpecification,
  type Recommender,
  uint32Tensor,
} from '@isthmus/learning';

/** What a person chooses. */
const fields = {
  /** Users that a step counts. */
  usersPerStep: integerField(1024, { min: 1, max: 1_000_000 }),
};

const fileName = 'popularity.json';

/** A peer: the items of the target domain by the number of their training events, the same for everybody. */
export const bundle: ProgramBundle = {
  abi: 1,
  program: {
    name: 'popularity',
    version: '1.0.0',
    plan(spec, inputs) {
      const { usersPerStep } = parseSpecification('popularity', fields, spec as JsonObject);
      const users = inputs.records.interactions?.size ?? 0;
      if (users === 0)
        throw new Error("the program reads the data set 'interactions'; the run has to declare it");
      const maxSteps = Math.ceil(users / usersPerStep);
      return { maxSteps, segmentSteps: Math.max(1, Math.ceil(maxSteps / 4)), values: { usersPerStep } };
    },
    initialize(_plan, _seed, inputs) {
      const state = createState('counting');
      addTensor(state, 'counts', 'uint32', [openInteractions(inputs).items]);
      return state;
    },
    advance(plan, _seed, state, inputs) {
      const data = openInteractions(inputs);
      const counts = uint32Tensor(state, 'counts');
      const usersPerStep = plan.values.usersPerStep as number;
      const start = state.step * usersPerStep;
      for (let user = start; user < Math.min(data.users, start + usersPerStep); user++) {
        const { domains, items } = data.history(user);
        items.forEach((item, i) => {
          if (domains[i] === data.targetDomain) counts[item]!++;
        });
      }
      state.step++;
      return state;
    },
    finished: (plan, state) => state.step >= plan.maxSteps,
    export: (_plan, state) => {
      const counts = Array.from(uint32Tensor(state, 'counts'));
      return new Map([[fileName, new TextEncoder().encode(JSON.stringify({ counts }))]]);
    },
    progress: (plan: Plan, state) => ({
      phase: state.phase,
      completed: state.step,
      total: plan.maxSteps,
      figures: {},
    }),
  },
  prepare: prepareKernels,
  openRecommender,
};

function openRecommender(files: ModelFiles, inputs: Inputs): Recommender {
  const data = openInteractions(inputs);
  const { counts } = JSON.parse(new TextDecoder().decode(files.get(fileName)!)) as { counts: number[] };
  const ranked: number[] = [];
  for (let item = 0; item < data.items; item++)
    if (data.item(item).domain === data.targetDomain) ranked.push(item);
  ranked.sort((a, b) => counts[b]! - counts[a]! || a - b);
  return {
    recommend(_record, k, excluded) {
      const chosen: number[] = [];
      for (const item of ranked) {
        if (chosen.length === k) break;
        if (!excluded.has(item)) chosen.push(item);
      }
      return Uint32Array.from(chosen);
    },
  };
}
