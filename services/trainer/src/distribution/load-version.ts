import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromStatusProto, IsthmusError } from '@isthmus/chassis';
import { LoadModelRequest } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import type { ModelPlace } from './model-place.js';
import type { ModelSource } from './model-source.js';

const POLL_MS = 200;

/** How something is waited for. */
export interface Patience {
  /** Longest wait, milliseconds. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has a program load a version, which registers it for all replicas, and follows the load to its end. Labels stay where they
 * are. Repeating it is harmless: the request id comes from what is asked for.
 * @throws the error of the call or of the load, for example MODEL_ALTERED or MODEL_VERSION_EXISTS
 */
export async function loadVersion(
  { client }: ModelPlace,
  { name, version, digest, bundleDigest, logProofDigest }: Omit<ModelSource, 'parts'>,
  { deadlineMs, signal }: Patience,
  onStage: (stage: string) => void = () => {},
): Promise<void> {
  const settings = signal === undefined ? {} : { signal };
  const asked = { name, version, digest, bundleDigest, logProofDigest, labels: [] };
  const request = LoadModelRequest.fromPartial({ ...asked, requestId: requestIdOf(asked) });
  const until = performance.now() + deadlineMs;
  let { operation } = await client.loadModel(request, settings);
  for (let told = ''; operation !== undefined && !operation.done && performance.now() < until; ) {
    if (operation.stage !== told) onStage(operation.stage);
    told = operation.stage;
    await sleep(POLL_MS, undefined, settings);
    const { id } = operation;
    // Another replica may answer, or the program may have started again: the state of the version tells then.
    ({ operation } = await client.getOperation({ id }, settings).catch((error: unknown) => {
      if (error instanceof IsthmusError && error.reason === 'OPERATION_NOT_FOUND')
        return { operation: undefined };
      throw error;
    }));
  }
  if (operation?.error !== undefined) throw fromStatusProto(operation.error);
}

/** The same for the same content: a UUID of version 8 (RFC 9562, section 5.8) with the first bits of a SHA-256. */
export function requestIdOf(content: object): string {
  const bytes = createHash('sha256')
    .update(`isthmus/load-model/v1\0${JSON.stringify(content)}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
