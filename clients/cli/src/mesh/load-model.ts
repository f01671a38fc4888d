import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionSecurity } from '@isthmus/chassis';
import { errorFromStatus, IsthmusClient, IsthmusError } from '@isthmus/client';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import { protectionOf } from './protection.js';
import type { PublishedModel } from './published-models.js';

/** Longest time that a model may take until it is ready. */
const LOAD_TIMEOUT_MS = 120_000;
const POLL_MS = 100;

/** Where models are loaded, and as whom. */
export interface AdminPort {
  readonly address: string;
  /** Of an operator. */
  readonly security: ConnectionSecurity;
}

/** What a load is asked for. */
export type LoadRequest = Pick<
  PublishedModel,
  'name' | 'version' | 'digest' | 'bundleDigest' | 'logProofDigest'
>;

/**
 * Loads a model through a program's admin port, waits until it is ready, and has the label `stable` point at it.
 * @throws IsthmusError of the client with the reason why it was refused, whether the call or the operation failed
 */
export async function loadModel(
  { address, security }: AdminPort,
  { name, version, digest, bundleDigest, logProofDigest }: LoadRequest,
  signal?: AbortSignal,
): Promise<void> {
  const client = new IsthmusClient({ admin: address, deadlineMs: 20_000, ...protectionOf(security) });
  const options = signal === undefined ? {} : { signal };
  try {
    const { operation } = await client.models.loadModel(
      { name, version, digest, bundleDigest, logProofDigest, labels: ['stable'] },
      options,
    );
    const failure = (await settled(client, operation, options))?.error;
    if (failure !== undefined) throw errorFromStatus(failure);
  } finally {
    client.close();
  }
}

async function settled(
  client: IsthmusClient,
  started: Operation | undefined,
  options: { signal?: AbortSignal },
): Promise<Operation | undefined> {
  let operation = started;
  for (let waitedMs = 0; operation !== undefined && !operation.done; waitedMs += POLL_MS) {
    if (waitedMs > LOAD_TIMEOUT_MS)
      throw new IsthmusError({
        code: 'DEADLINE_EXCEEDED',
        reason: '',
        message: `the model was not ready after ${LOAD_TIMEOUT_MS / 1000} s; its stage was ${operation.stage}`,
      });
    await sleep(POLL_MS, undefined, options);
    ({ operation } = await client.models.getOperation({ id: operation.id }, options));
  }
  return operation;
}
