import { randomBytes, randomUUID } from 'node:crypto';
import {
  chainNext,
  chainStart,
  encodeManifest,
  finishSigningBytes,
  generateSigningKey,
  type Manifest,
  manifestDigest,
  manifestSigningBytes,
  parseManifest,
  type SigningKey,
  signMessage,
} from '@isthmus/proof';
import {
  CommitSegmentsRequest,
  FinishRunRequest,
  ProofMode,
  StartRunRequest,
  type StartRunResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { TrainResult } from '@isthmus/trainer';

/** A prover who follows the protocol to the letter and has trained nothing: what it commits to is noise. */
export class NoiseProver {
  readonly #key: SigningKey = generateSigningKey();
  readonly #honest: Manifest;
  #manifest: Uint8Array = new Uint8Array();

  /** @param manifest of a run that the service accepts, canonical JSON */
  constructor(manifest: string) {
    this.#honest = parseManifest(Buffer.from(manifest));
  }

  /** Announces a run; `change` may falsify its manifest before it is signed. */
  startRequest(change: (manifest: Manifest) => Manifest = (manifest) => manifest): StartRunRequest {
    const clientNonce = randomBytes(32).toString('hex');
    this.#manifest = encodeManifest(change({ ...this.#honest, proverKeyId: this.#key.keyId, clientNonce }));
    return StartRunRequest.fromPartial({
      manifest: Buffer.from(this.#manifest),
      signature: Buffer.from(signMessage(this.#key, manifestSigningBytes(manifestDigest(this.#manifest)))),
      publicKey: Buffer.from(this.#key.publicKeySpki),
      mode: ProofMode.PROOF_MODE_ONLINE,
      requestId: randomUUID(),
    });
  }

  /** The commitment to segment 0 of the run that was announced last. */
  commitRequest({ run, seed }: StartRunResponse): CommitSegmentsRequest {
    const [initial, stateHash, readsDigest] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const start = chainStart(manifestDigest(this.#manifest), seed, initial);
    return CommitSegmentsRequest.fromPartial({
      runId: run?.id ?? '',
      segment: 0n,
      stateHash,
      readsDigest,
      chain: Buffer.from(chainNext(start, stateHash, readsDigest)),
      steps: BigInt(this.#honest.plan.segmentSteps),
      initialStateHash: initial,
    });
  }

  /** Ends the run after that segment with the files of a model that another run gave. */
  finishRequest(
    { runId, chain }: CommitSegmentsRequest,
    model: Pick<TrainResult, 'modelDigest' | 'files'>,
  ): FinishRunRequest {
    const { modelDigest, files } = model;
    const end = { runId, segments: 1, chainHead: chain, modelDigest };
    return FinishRunRequest.fromPartial({
      runId,
      segments: 1n,
      chainHead: chain,
      files: files.map(({ name, sha256, sizeBytes }) => ({ name, sha256, sizeBytes: BigInt(sizeBytes) })),
      modelDigest,
      signature: Buffer.from(signMessage(this.#key, finishSigningBytes(end))),
      requestId: randomUUID(),
    });
  }
}
