import type { ObjectStore } from '@isthmus/chassis';
import { type EvaluationTargets, openInteractions, type UserHistory } from '@isthmus/learning';
import type { ModelFiles } from '@isthmus/proof';
import { fetchEvaluation } from '../data/evaluation-object.js';
import type { PreparedData } from '../data/prepare-data.js';
import { evaluationInputs } from '../evaluation/evaluation-inputs.js';
import type { RetrievalComparison } from '../evaluation/retrieval-comparison.js';
import { openArtefact, openInputs } from '../inputs/open-inputs.js';
import { loadProgram } from '../program/load-program.js';
import { describeMachine } from '../results/write-results.js';
import type { TrainResult } from '../training/training-event.js';
import { mapDictionary } from './dictionary-map.js';
import { explainUser } from './explain-user.js';
import { countTransitions } from './interest-transitions.js';
import { openItemCodes } from './item-codes.js';
import type { RetrievalReportData } from './retrieval-report-data.js';
import { recallByAge, recallByInterests } from './served-variants.js';

/** What {@link collectRetrievalReport} needs to know. */
export interface RetrievalReportOptions {
  readonly objects: ObjectStore;
  /** What `train` gave. */
  readonly result: TrainResult;
  readonly prepared: PreparedData;
  /** What `isthmus evaluate retrieval --out` wrote. */
  readonly comparisons?: readonly RetrievalComparison[];
  /** Record of the user to explain; one with a varied history if not given. */
  readonly user?: number;
  readonly now: () => Date;
  readonly onProgress?: (text: string) => void;
}

/**
 * Gathers what a report on a trained retrieval model shows. Throws an Error where the model was trained on other data, and
 * where its program makes no recommenders.
 */
export async function collectRetrievalReport(options: RetrievalReportOptions): Promise<RetrievalReportData> {
  const { objects, result, prepared, comparisons = [] } = options;
  const tell = options.onProgress ?? (() => {});
  if (result.inputs.records.interactions !== prepared.interactions.object)
    throw new Error('the model was trained on other data');
  const { bundle, digest } = await loadProgram(
    await objects.get(result.program.digest),
    result.program.digest,
  );
  const open = bundle.openRecommender;
  if (open === undefined) throw new Error(`the program ${bundle.program.name} makes no recommenders`);
  const { targets } = await fetchEvaluation(objects, prepared.evaluation);
  const { inputs: committed } = await openInputs(objects, result.inputs);
  const inputs = evaluationInputs(committed, targets);
  const artefact = await openArtefact(objects, result.modelDigest);
  const files: ModelFiles = new Map(artefact.names.map((name) => [name, artefact.file(name)]));
  const data = openInteractions(committed);
  const histories = Array.from({ length: data.users }, (_, record) => data.history(record));
  const codes = openItemCodes(files);
  const first = targets.find(({ users }) => users.length > 0);
  const measure = <T>(text: string, work: (group: EvaluationTargets) => T): T | undefined => {
    if (first === undefined) return undefined;
    tell(text);
    return work(first);
  };
  return {
    program: { name: bundle.program.name, version: bundle.program.version, digest },
    modelDigest: result.modelDigest,
    date: options.now().toISOString(),
    machine: describeMachine(),
    training: {
      mode: result.mode,
      assurance: result.verdict?.level,
      steps: result.steps,
      segments: result.segments,
      cpuSeconds: result.cpuSeconds,
      curve: result.curve,
      figures: result.figures,
    },
    data: {
      users: data.users,
      items: data.items,
      events: histories.reduce((sum, { length }) => sum + length, 0),
      targetDomain: data.description.targetDomain,
      domains: data.description.domains,
    },
    dictionary: codes && mapDictionary(codes, data.item, eventsOfItems(histories, data.items)),
    transitions: codes && countTransitions(codes, histories),
    byInterests: measure('recall by the number of interests', (group) =>
      recallByInterests(open, files, inputs, group),
    ),
    byAge: measure('recall by the age of an answer', (group) => recallByAge(open, files, inputs, group)),
    comparisons,
    user: explainUser(open(files, inputs), openInteractions(inputs), targets, codes, options.user),
  };
}

function eventsOfItems(histories: readonly UserHistory[], items: number): Uint32Array {
  const counts = new Uint32Array(items);
  for (const history of histories) for (const item of history.items) counts[item]!++;
  return counts;
}
