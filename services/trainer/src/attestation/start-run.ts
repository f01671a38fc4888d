import {
  deriveSeed,
  manifestDigest,
  manifestSigningBytes,
  nonceFromCheckpoint,
  type SigningKey,
  signMessage,
} from '@isthmus/proof';
import { ProofMode, StartRunRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { ProofClient } from './proof-client.js';
import { untilItPasses } from './transient-failure.js';

/** A run that the attestation service knows. */
export interface StartedRun {
  readonly runId: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Most segments that may be ahead of their acknowledgement. */
  readonly window: number;
}

/**
 * Announces a run. A repeated call with the same `requestId` gets the same nonce.
 *
 * The answer is checked: the nonce has to follow from the signed checkpoint, and the seed from nonce, manifest and key.
 * Otherwise whoever runs the service could choose the seed, and the prover would have no proof of its own honesty.
 *
 * @param seed the prover's own choice, 32 bytes, for a `POSTHOC` run; undefined for an `ONLINE` one
 */
export async function startRun(
  client: ProofClient,
  manifest: Uint8Array,
  key: SigningKey,
  requestId: string,
  seed: Uint8Array | undefined,
): Promise<StartedRun> {
  const commitment = manifestDigest(manifest);
  const request = StartRunRequest.fromPartial({
    manifest: Buffer.from(manifest),
    signature: Buffer.from(signMessage(key, manifestSigningBytes(commitment))),
    publicKey: Buffer.from(key.publicKeySpki),
    mode: seed === undefined ? ProofMode.PROOF_MODE_ONLINE : ProofMode.PROOF_MODE_POSTHOC,
    seed: Buffer.from(seed ?? []),
    requestId,
  });
  const response = await untilItPasses(() => client.startRun(request));
  const nonce = nonceFromCheckpoint(response.checkpoint);
  const expected = seed ?? deriveSeed({ nonce, manifestDigest: commitment, proverKeyId: key.keyId });
  if (!response.nonce.equals(nonce) || !response.seed.equals(expected))
    throw new Error(
      'the attestation service gave a seed that does not follow from its checkpoint and the manifest',
    );
  return { runId: response.run?.id ?? '', seed: expected, window: Math.max(1, response.window) };
}
