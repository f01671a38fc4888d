import { IsthmusError, type ObjectStore } from '@isthmus/chassis';
import { type ModelReplica, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { awaitReplicas, type ReplicaProgress } from './await-replicas.js';
import { loadVersion, type Patience } from './load-version.js';
import type { ModelPlace } from './model-place.js';
import type { ModelPart, ModelSource } from './model-source.js';
import { type MovedLabel, moveLabel } from './move-label.js';
import { type PartOutcome, type StoreCounts, storeModel } from './store-model.js';

/** A model on its way to every replica. */
export interface DistributeOptions extends Patience {
  readonly source: ModelSource;
  /** The store that the programs read; undefined where they have the objects already. */
  readonly objects: ObjectStore | undefined;
  /** Admin ports of the program that serves it. */
  readonly places: readonly ModelPlace[];
  /** Labels to point at it once every replica has it ready. */
  readonly labels: readonly string[];
  readonly onEvent?: (event: DistributionEvent) => void;
}

/** What happens on the way. */
export type DistributionEvent =
  | { readonly event: 'object'; readonly part: ModelPart; readonly outcome: PartOutcome }
  | { readonly event: 'load'; readonly address: string; readonly stage: string }
  | ({ readonly event: 'replicas'; readonly label: string } & ReplicaProgress)
  | ({ readonly event: 'label' } & MovedLabel);

/** Where a model is in the end. */
export interface Distribution {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  /** Undefined where nothing had to be stored. */
  readonly objects?: StoreCounts;
  readonly labels: readonly MovedLabel[];
  /** Every replica that is alive, ready and with the labels. */
  readonly replicas: readonly ModelReplica[];
}

/**
 * Brings a model to every replica of a program: stores it by digest, registers it, waits until every replica has pulled,
 * verified and warmed it, and only then moves labels and waits until every replica answers with them. Each step finds out
 * what is done already, so the same call goes on after an interruption, and once more changes nothing.
 */
export async function distributeModel(options: DistributeOptions): Promise<Distribution> {
  const { source, objects, places, labels, signal, onEvent = () => {} } = options;
  const { parts: _, ...named } = source;
  const counts =
    objects === undefined
      ? undefined
      : await storeModel(
          objects,
          source,
          (part, outcome) => onEvent({ event: 'object', part, outcome }),
          signal,
        );
  for (const place of places) {
    await loadVersion(place, named, options, (stage) =>
      onEvent({ event: 'load', address: place.address, stage }),
    );
  }
  const isReady = ({ state }: ModelReplica) => state === ModelState.MODEL_STATE_READY;
  let replicas = await everywhere(options, '', isReady);
  const moved: MovedLabel[] = [];
  for (const label of labels) {
    for (const place of places) {
      const move = await moveLabel(place, source, label, signal);
      onEvent({ event: 'label', ...move });
      moved.push(move);
    }
    replicas = await everywhere(
      options,
      label,
      (replica) => isReady(replica) && replica.labels.includes(label),
    );
  }
  const { name, version, digest } = source;
  return { name, version, digest, ...(counts && { objects: counts }), labels: moved, replicas };
}

/** Waits for the replicas behind every port; those that several ports know count once. */
async function everywhere(
  { source, places, onEvent = () => {}, ...patience }: DistributeOptions,
  label: string,
  isThere: (replica: ModelReplica) => boolean,
): Promise<ModelReplica[]> {
  const replicas = new Map<string, ModelReplica>();
  for (const place of places) {
    const found = await awaitReplicas(place, source, isThere, patience, (progress) =>
      onEvent({ event: 'replicas', label, ...progress }),
    );
    for (const replica of found) replicas.set(replica.id || place.address, replica);
  }
  return [...replicas.values()];
}

/** Whether an error says that the model itself does not hold, rather than that something could not be done. */
export function isRejection(error: unknown): error is IsthmusError {
  return (
    error instanceof IsthmusError &&
    ['MODEL_ALTERED', 'MODEL_UNATTESTED', 'MODEL_NOT_ADMITTED'].includes(error.reason)
  );
}
