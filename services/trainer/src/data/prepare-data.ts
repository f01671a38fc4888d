import type { ObjectStore } from '@isthmus/chassis';
import { describeInteractions, type InteractionDescription } from '@isthmus/learning';
import { chooseDomains, type DomainRoles, restrictDomains } from './choose-domains.js';
import { type CommittedRecords, commitData } from './commit-data.js';
import { storeEvaluation } from './evaluation-object.js';
import { type DataSource, loadData } from './load-data.js';
import { needsTwoDomains, type SplitKind, splitData, usualSeed } from './split-data.js';

/** What {@link prepareData} needs to know. */
export interface PrepareDataOptions extends Partial<DomainRoles> {
  readonly source: DataSource;
  readonly split: SplitKind;
  /** Draws held-out users and sampled negatives, a whole number from 0; the usual one of the split if not given. */
  readonly seed?: number;
  /** Of the splits `leave-last-out` and `warm`: targets are first purchases only, items that the user had not had before. */
  readonly firstOnly?: boolean;
  readonly objects: ObjectStore;
  /** Told what is being done. */
  readonly onProgress?: (step: PreparationStep) => void;
}

/** A step of the preparation. */
export interface PreparationStep {
  readonly step: 'read' | 'split' | 'commit' | 'done';
  /** What was found or made, in words. */
  readonly detail: string;
}

/** A data set that runs can name as their input, and what they are measured by. */
export interface PreparedData extends DomainRoles {
  readonly split: SplitKind;
  readonly seed: number;
  readonly interactions: CommittedRecords;
  readonly items: CommittedRecords;
  readonly description: InteractionDescription;
  /** SHA-256 of the evaluation object: for evaluations only, never an input of a run. */
  readonly evaluation: string;
  /** Users of each group of evaluation targets, and click samples. */
  readonly evaluated: { readonly [group: string]: number };
  /** Rows of the source that could not be read and were left out. */
  readonly badRows: number;
}

/**
 * Reads a data set, cuts off the evaluation part, and commits the rest to the content-addressed store as the two record
 * sets `interactions` and `items`. Equal sources, salts, seeds and splits give equal digests.
 */
export async function prepareData(options: PrepareDataOptions): Promise<PreparedData> {
  const { objects, seed = usualSeed(options.split) } = options;
  if (options.firstOnly === true && options.split !== 'leave-last-out' && options.split !== 'warm')
    throw new Error(`the split ${options.split} has no first purchases: only leave-last-out and warm have`);
  const tell = (step: PreparationStep['step'], detail: string) => options.onProgress?.({ step, detail });
  tell('read', 'reading the events');
  const { data: all, badRows, roles: fixed } = await loadData(options.source);
  const chosen = options.sourceDomain !== undefined || options.targetDomain !== undefined;
  const roles = chooseDomains(all, chosen ? options : fixed, {
    alone: !needsTwoDomains(options.split),
  });
  const data = restrictDomains(all, roles);
  tell(
    'split',
    `${data.users.length} users, ${data.catalogue.items.length} items in ${[roles.sourceDomain, roles.targetDomain].filter(Boolean).join(' and ')}`,
  );
  const { training, evaluation, split } = splitData(data, roles, options.split, {
    seed,
    firstOnly: options.firstOnly === true,
  });
  tell(
    'commit',
    evaluation.targets.map(({ name, users }) => `${users.length} ${name} users to measure by`).join(', '),
  );
  const description = describeInteractions(training, { targetDomain: roles.targetDomain, split });
  const committed = await commitData(objects, training, description);
  const prepared: PreparedData = {
    ...roles,
    split: options.split,
    seed,
    ...committed,
    description,
    evaluation: await storeEvaluation(objects, evaluation),
    evaluated: {
      ...Object.fromEntries(evaluation.targets.map(({ name, users }) => [name, users.length])),
      clicks: evaluation.clicks.labels.length,
    },
    badRows,
  };
  tell('done', `interactions ${committed.interactions.object}, items ${committed.items.object}`);
  return prepared;
}

/** The record sets of prepared data, as inputs of a run. */
export function recordsOf(prepared: PreparedData): { readonly [name: string]: string } {
  return { interactions: prepared.interactions.object, items: prepared.items.object };
}
