import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectStore, ServiceClient } from '@isthmus/chassis';
import {
  chainStart,
  commitSegment,
  encodeManifest,
  encodeState,
  exportModel,
  type FileEntry,
  finishSigningBytes,
  type Inputs,
  type JsonObject,
  type Manifest,
  manifestDigest,
  manifestInputInfo,
  manifestSigningBytes,
  type OpenRecordSet,
  type SegmentCommitment,
  SegmentRunner,
  type SigningKey,
  signMessage,
  stateHash,
} from '@isthmus/proof';
import {
  CommitSegmentsRequest,
  FinishRunRequest,
  ProofMode,
  type ProofServiceClient,
  type Run,
  StartRunRequest,
  type StartRunResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { bundle } from './toy-program.js';

/** The prover's side of the service. */
export type ProofClient = ServiceClient<typeof ProofServiceClient.service>;

/** What a prover of the toy program needs. */
export interface ToyProverParts {
  readonly client: ProofClient;
  readonly objects: ObjectStore;
  readonly key: SigningKey;
  readonly programDigest: string;
  readonly points: OpenRecordSet;
}

/** One trained segment, ready to be committed. */
interface TrainedSegment extends SegmentCommitment {
  /** Encoded state after it. */
  readonly state: Uint8Array;
}

/** A trained run, which a test may change before it is committed. */
export interface TrainedRun {
  readonly initialStateHash: Uint8Array;
  readonly segments: TrainedSegment[];
  readonly files: Map<string, Uint8Array>;
  readonly entries: FileEntry[];
  modelDigest: string;
}

/** The smallest prover that follows the protocol. It trains first and commits afterwards. */
export class ToyProver {
  readonly #parts: ToyProverParts;

  constructor(parts: ToyProverParts) {
    this.#parts = parts;
  }

  /** A manifest of the toy program; `change` may falsify it. */
  async manifest(spec: JsonObject, change: (manifest: Manifest) => Manifest = (m) => m): Promise<Manifest> {
    const { points, key, programDigest } = this.#parts;
    const manifest: Manifest = {
      v: 1,
      proverKeyId: key.keyId,
      program: { name: bundle.program.name, version: bundle.program.version, digest: programDigest },
      kernelProfile: await bundle.prepare(),
      spec,
      plan: { maxSteps: 1, segmentSteps: 1, values: {} },
      inputs: {
        records: {
          points: {
            size: points.size,
            root: points.root,
            description: points.description,
            object: points.digest,
          },
        },
        artefacts: {},
      },
      clientNonce: randomBytes(32).toString('hex'),
    };
    return change({ ...manifest, plan: bundle.program.plan(spec, manifestInputInfo(manifest)) });
  }

  /** Announces a run. */
  async start(manifest: Manifest, requestId: string = randomUUID()): Promise<StartRunResponse> {
    return this.#parts.client.startRun(this.startRequest(manifest, requestId));
  }

  /** The request that announces a run. */
  startRequest(manifest: Manifest, requestId: string = randomUUID()): StartRunRequest {
    const { key } = this.#parts;
    const bytes = encodeManifest(manifest);
    return StartRunRequest.fromPartial({
      manifest: Buffer.from(bytes),
      signature: Buffer.from(signMessage(key, manifestSigningBytes(manifestDigest(bytes)))),
      publicKey: Buffer.from(key.publicKeySpki),
      mode: ProofMode.PROOF_MODE_ONLINE,
      requestId,
    });
  }

  /** Trains under the seed that the service drew. */
  train(manifest: Manifest, seed: Uint8Array): TrainedRun {
    const inputs: Inputs = { records: () => this.#parts.points, artefact: () => undefined };
    const context = { program: bundle.program, plan: manifest.plan, seed, inputs };
    const runner = new SegmentRunner(context);
    let state = runner.initialize();
    const initialStateHash = stateHash(encodeState(state));
    let chain = chainStart(manifestDigest(encodeManifest(manifest)), seed, initialStateHash);
    const segments: TrainedSegment[] = [];
    for (let finished = false; !finished; ) {
      const result = runner.run(state);
      const { commitment, encodedState } = commitSegment(chain, result);
      segments.push({ ...commitment, state: encodedState });
      chain = commitment.chain;
      state = result.state;
      finished = result.finished;
    }
    const exported = exportModel(context, segments.at(-1)?.state ?? new Uint8Array());
    return {
      initialStateHash,
      segments,
      files: new Map(exported.files),
      entries: [...exported.entries],
      modelDigest: exported.digest,
    };
  }

  /** Stores states and files as the service will want to find them. */
  async store(run: TrainedRun): Promise<void> {
    for (const { state } of run.segments) await this.#parts.objects.put(state);
    for (const content of run.files.values()) await this.#parts.objects.put(content);
  }

  /** The requests that commit `[first, end)`. */
  async commitRequests(
    runId: string,
    run: TrainedRun,
    first = 0,
    end = run.segments.length,
  ): Promise<CommitSegmentsRequest[]> {
    const requests: CommitSegmentsRequest[] = [];
    for (const [segment, trained] of run.segments.entries()) {
      if (segment < first || segment >= end) continue;
      requests.push(
        CommitSegmentsRequest.fromPartial({
          runId,
          segment: BigInt(segment),
          stateHash: Buffer.from(trained.stateHash),
          readsDigest: Buffer.from(trained.readsDigest),
          chain: Buffer.from(trained.chain),
          stateObject: Buffer.from(await this.#parts.objects.put(trained.state), 'hex'),
          steps: BigInt(trained.steps),
          initialStateHash: segment === 0 ? Buffer.from(run.initialStateHash) : Buffer.alloc(0),
        }),
      );
    }
    return requests;
  }

  /** Commits segments over one stream, at most `window` ahead; returns the last acknowledgement. */
  async commit(requests: readonly CommitSegmentsRequest[], window = 4): Promise<number> {
    const stream = this.#parts.client.commitSegments();
    const answers = stream[Symbol.asyncIterator]();
    let acknowledged = 0;
    let open = 0;
    const acknowledge = async () => {
      const answer = await answers.next();
      if (answer.done !== true) acknowledged = Number(answer.value.nextSegment);
      open -= 1;
    };
    for (const request of requests) {
      await stream.write(request);
      open += 1;
      if (open >= window) await acknowledge();
    }
    while (open > 0) await acknowledge();
    stream.end();
    return acknowledged;
  }

  /** Ends a run. */
  async finish(runId: string, run: TrainedRun): Promise<Run | undefined> {
    const response = await this.#parts.client.finishRun(this.finishRequest(runId, run));
    return response.run;
  }

  /** The request that ends a run. */
  finishRequest(runId: string, run: TrainedRun): FinishRunRequest {
    const chainHead = run.segments.at(-1)?.chain ?? new Uint8Array(32);
    const end = { runId, segments: run.segments.length, chainHead, modelDigest: run.modelDigest };
    return FinishRunRequest.fromPartial({
      runId,
      segments: BigInt(end.segments),
      chainHead: Buffer.from(chainHead),
      files: run.entries.map(({ name, sha256, sizeBytes }) => ({
        name,
        sha256,
        sizeBytes: BigInt(sizeBytes),
      })),
      modelDigest: run.modelDigest,
      signature: Buffer.from(signMessage(this.#parts.key, finishSigningBytes(end))),
    });
  }

  /** Follows a run until it is decided. */
  async decided(runId: string): Promise<Run> {
    let last: Run | undefined;
    for await (const { run } of this.#parts.client.watchRun({ runId })) last = run;
    if (last === undefined) throw new Error('The watch told nothing');
    return last;
  }
}
