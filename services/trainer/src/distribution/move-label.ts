import { randomUUID } from 'node:crypto';
import { failure, IsthmusError } from '@isthmus/chassis';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { knownReplicas, replicaName, stateName } from './await-replicas.js';
import type { ModelPlace } from './model-place.js';
import type { ModelName } from './model-source.js';

/** A label, and where it pointed before. */
export interface MovedLabel {
  /** Admin port through which it was moved. */
  readonly address: string;
  readonly label: string;
  /** Version that it pointed at; empty where there was none. */
  readonly from: string;
  readonly to: string;
}

/**
 * Points a label at a version that every replica has ready.
 * @throws MODEL_NOT_READY with the replicas that have it not; MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function moveLabel(
  { address, client }: ModelPlace,
  { name, version }: ModelName,
  label: string,
  signal?: AbortSignal,
): Promise<MovedLabel> {
  const settings = signal === undefined ? {} : { signal };
  const { model } = await client.getModel(
    { model: { name, choice: { $case: 'version', value: version } } },
    settings,
  );
  const missing = model === undefined ? [] : knownReplicas(model).filter(({ state }) => !isReady(state));
  if (missing.length > 0) {
    const who = missing.map((replica) => `${replicaName(replica)} is ${stateName(replica.state)}`).join(', ');
    throw failure(
      'MODEL_NOT_READY',
      `${label} stays where it is: not every replica has ${name} ${version} ready: ${who}. Wait, or see \`isthmus models\`.`,
      { metadata: { name, version, label } },
    );
  }
  const from = await versionBehind(client, name, label, settings);
  await client.setLabel({ name, label, version, requestId: randomUUID() }, settings);
  return { address, label, from, to: version };
}

async function versionBehind(
  client: ModelPlace['client'],
  name: string,
  label: string,
  settings: { signal?: AbortSignal },
): Promise<string> {
  try {
    const request = { model: { name, choice: { $case: 'label' as const, value: label } } };
    return (await client.getModel(request, settings)).model?.identity?.version ?? '';
  } catch (error) {
    if (error instanceof IsthmusError && error.reason === 'MODEL_LABEL_NOT_FOUND') return '';
    throw error;
  }
}

function isReady(state: ModelState): boolean {
  return state === ModelState.MODEL_STATE_READY;
}
