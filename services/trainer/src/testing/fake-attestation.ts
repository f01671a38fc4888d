import { bindService, createLogger, failure, type RunningServer, startServer } from '@isthmus/chassis';
import {
  deriveSeed,
  finishSigningBytes,
  manifestDigest,
  manifestSigningBytes,
  nonceFromCheckpoint,
  parseManifest,
  verifySignature,
} from '@isthmus/proof';
import {
  AttestationServiceService,
  GetAttestationResponse,
  ListAttestationsResponse,
  VerifyAttestationResponse,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import {
  type CommitSegmentsRequest,
  CommitSegmentsResponse,
  FinishRunResponse,
  GetRunResponse,
  ListRunsResponse,
  ProofServiceService,
  Run,
  RunState,
  type StartRunRequest,
  StartRunResponse,
  UploadObjectResponse,
  WatchRunResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';

/** How the fake behaves. */
export interface FakeBehaviour {
  /** Ends the stream of commitments once, after so many segments. */
  readonly breakAfter?: number;
  /** Refuses the run in the end. */
  readonly rejects?: boolean;
  /** Gives a seed of its own choice. */
  readonly wrongSeed?: boolean;
}

/** An attestation service that believes everything after checking the signatures, for tests of the prover's side. */
export interface FakeAttestation {
  readonly address: string;
  /** Segments in the order in which they were first committed. */
  readonly segments: readonly CommitSegmentsRequest[];
  /** Digests of uploaded objects. */
  readonly uploaded: ReadonlySet<string>;
  readonly streams: number;
  stop(): Promise<void>;
}

const runId = 'run-1';
const window = 2;
const checkpoint = 'isthmus.test/log\n1\nAAAA\n\n— isthmus.test/log AAAA\n';

/** Starts the fake on a free port. */
export async function fakeAttestation(behaviour: FakeBehaviour = {}): Promise<FakeAttestation> {
  const segments: CommitSegmentsRequest[] = [];
  const uploaded = new Set<string>();
  let publicKey: Uint8Array = new Uint8Array(0);
  let streams = 0;
  const run = (state: RunState): Run =>
    Run.fromPartial({
      id: runId,
      state,
      committedSegments: BigInt(segments.length),
      replayedSegments: BigInt(segments.length),
      verdict: {
        accepted: behaviour.rejects !== true,
        assurance: behaviour.rejects === true ? Assurance.ASSURANCE_NONE : Assurance.ASSURANCE_L3_FULL,
        failureClass: behaviour.rejects === true ? 'REPLAY_MISMATCH' : '',
        replayedSegments: BigInt(segments.length),
        totalSegments: BigInt(segments.length),
      },
      finishedAtMs: 1000n,
      decidedAtMs: 3500n,
    });
  const proof = bindService(ProofServiceService, {
    startRun: async (request) => {
      publicKey = request.publicKey;
      return startResponse(request, behaviour);
    },
    async uploadObject(requests) {
      let sha256 = '';
      for await (const request of requests) ({ sha256 } = request);
      uploaded.add(sha256);
      return UploadObjectResponse.fromPartial({ sha256 });
    },
    async *commitSegments(requests) {
      streams += 1;
      for await (const request of requests) {
        if (request.segment > BigInt(segments.length)) throw failure('CHAIN_BROKEN', 'not the next segment');
        if (request.segment === BigInt(segments.length)) segments.push(request);
        if (streams === 1 && segments.length === behaviour.breakAfter)
          throw failure('DRAINING', 'the server stops');
        yield CommitSegmentsResponse.fromPartial({ nextSegment: BigInt(segments.length) });
      }
    },
    async finishRun(request) {
      const chainHead = new Uint8Array(request.chainHead);
      const end = { runId, segments: segments.length, chainHead, modelDigest: request.modelDigest };
      if (!verifySignature(publicKey, finishSigningBytes(end), request.signature))
        throw failure('SIGNATURE_INVALID', 'the signature over the end does not verify');
      return FinishRunResponse.fromPartial({ run: run(RunState.RUN_STATE_COMMITTED) });
    },
    getRun: async () => GetRunResponse.fromPartial({ run: run(RunState.RUN_STATE_TRAINING) }),
    listRuns: async () => ListRunsResponse.fromPartial({}),
    async *watchRun() {
      yield WatchRunResponse.fromPartial({ run: run(RunState.RUN_STATE_REPLAYING) });
      const state = behaviour.rejects === true ? RunState.RUN_STATE_REJECTED : RunState.RUN_STATE_ATTESTED;
      yield WatchRunResponse.fromPartial({ run: run(state) });
    },
  });
  const attestation = bindService(AttestationServiceService, {
    getAttestation: async () =>
      GetAttestationResponse.fromPartial({
        attestation: { id: 'a'.repeat(64), logIndex: 7n },
        bundle: Buffer.from('{}'),
        logProof: 'proof',
        bundleDigest: 'b'.repeat(64),
        logProofDigest: 'c'.repeat(64),
      }),
    listAttestations: async () => ListAttestationsResponse.fromPartial({}),
    verifyAttestation: async () => VerifyAttestationResponse.fromPartial({}),
  });
  const server: RunningServer = await startServer({
    services: [proof, attestation],
    credentials: 'plaintext',
    logger: createLogger({ program: 'fake-attestation', level: 'silent' }),
  });
  return {
    address: server.address,
    segments,
    uploaded,
    get streams() {
      return streams;
    },
    stop: () => server.stop(100),
  };
}

function startResponse(request: StartRunRequest, behaviour: FakeBehaviour): StartRunResponse {
  const commitment = manifestDigest(request.manifest);
  if (!verifySignature(request.publicKey, manifestSigningBytes(commitment), request.signature))
    throw failure('SIGNATURE_INVALID', 'the signature over the manifest does not verify');
  const { proverKeyId } = parseManifest(request.manifest);
  const nonce = nonceFromCheckpoint(checkpoint);
  const online = deriveSeed({ nonce, manifestDigest: commitment, proverKeyId });
  const seed =
    request.seed.length > 0 ? request.seed : behaviour.wrongSeed === true ? new Uint8Array(32) : online;
  return StartRunResponse.fromPartial({
    run: { id: runId },
    checkpoint,
    nonce: Buffer.from(nonce),
    seed: Buffer.from(seed),
    window,
  });
}
