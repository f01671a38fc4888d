import type { ChannelCredentials } from '@grpc/grpc-js';
import {
  AttestationServiceService,
  GetAttestationRequest,
  ListAttestationsRequest,
  VerifyAttestationRequest,
} from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import {
  GetConsistencyProofRequest,
  GetInclusionProofRequest,
  GetLogCheckpointRequest,
  ListLogEntriesRequest,
  TransparencyLogServiceService,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import {
  CommitSegmentsRequest,
  FinishRunRequest,
  GetRunRequest,
  ListRunsRequest,
  ProofServiceService,
  StartRunRequest,
  UploadObjectRequest,
  WatchRunRequest,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import {
  GetModelRequest,
  GetOperationRequest,
  ListModelsRequest,
  LoadModelRequest,
  ModelServiceService,
  SetLabelRequest,
  UnloadModelRequest,
  WatchOperationRequest,
} from '@isthmus/proto/isthmus/model/v1/model_service.js';
import {
  BatchRepresentRequest,
  RepresentationServiceService,
  RepresentRequest,
  ScoreCausalityRequest,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import {
  CatalogueServiceService,
  DeleteItemsRequest,
  GetItemsRequest,
  ListItemsRequest,
  UpsertItemsRequest,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import {
  BatchRetrieveRequest,
  PredictInterestsRequest,
  RetrievalServiceService,
  RetrieveRequest,
  type RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { CallOptions } from './call.js';
import { connectionCredentials, type ProtectionOptions } from './connection-credentials.js';
import { errorFromStatus, type IsthmusError } from './error.js';
import { type ConnectionOptions, type PartialMessage, promiseClient } from './promise-client.js';

/** How to reach the mesh. A service without an address throws on its first use, saying so. */
export interface IsthmusClientOptions extends ProtectionOptions {
  /** Address of the retrieval service, for example `127.0.0.1:7402`. */
  readonly retrieval?: string;
  readonly representation?: string;
  readonly attestation?: string;
  /** Admin address of a serving program, for models and labels. */
  readonly admin?: string;
  /** Deadline of a call that sets none, milliseconds. Default {@link DEFAULT_DEADLINE_MS}. */
  readonly deadlineMs?: number;
}

/** Deadline of a call that sets none. */
export const DEFAULT_DEADLINE_MS = 2_000;

/** Requests in one BatchRetrieve call, the limit of the contract. */
const MAX_BATCH = 256;

/** The mesh as a ranking system sees it. Connections open on first use and stay open until {@link close}. */
export class IsthmusClient {
  readonly #options: IsthmusClientOptions;
  readonly #credentials: ChannelCredentials;
  readonly #open = new Map<string, { close(): void }>();

  /** @throws TypeError where the options do not say how connections are protected */
  constructor(options: IsthmusClientOptions) {
    this.#options = options;
    this.#credentials = connectionCredentials(options);
  }

  /** Candidates and interests. */
  get retrieval() {
    return this.#service('retrieval', 'retrieval', (connection) =>
      promiseClient(
        RetrievalServiceService,
        {
          predictInterests: PredictInterestsRequest,
          retrieve: RetrieveRequest,
          batchRetrieve: BatchRetrieveRequest,
        },
        connection,
      ),
    );
  }

  /** Writes and reads of the items that retrieval searches. */
  get catalogue() {
    return this.#service('catalogue', 'retrieval', (connection) =>
      promiseClient(
        CatalogueServiceService,
        {
          upsertItems: UpsertItemsRequest,
          deleteItems: DeleteItemsRequest,
          getItems: GetItemsRequest,
          listItems: ListItemsRequest,
        },
        connection,
      ),
    );
  }

  /** Cross-domain representations and causal scores. */
  get representation() {
    return this.#service('representation', 'representation', (connection) =>
      promiseClient(
        RepresentationServiceService,
        {
          represent: RepresentRequest,
          batchRepresent: BatchRepresentRequest,
          scoreCausality: ScoreCausalityRequest,
        },
        connection,
      ),
    );
  }

  /** Attestations and what they say. */
  get attestation() {
    return this.#service('attestation', 'attestation', (connection) =>
      promiseClient(
        AttestationServiceService,
        {
          getAttestation: GetAttestationRequest,
          listAttestations: ListAttestationsRequest,
          verifyAttestation: VerifyAttestationRequest,
        },
        connection,
      ),
    );
  }

  /** Training runs: their verdicts, and the calls by which a prover (usually the trainer) commits to one. */
  get proofs() {
    return this.#service('proofs', 'attestation', (connection) =>
      promiseClient(
        ProofServiceService,
        {
          startRun: StartRunRequest,
          uploadObject: UploadObjectRequest,
          commitSegments: CommitSegmentsRequest,
          finishRun: FinishRunRequest,
          getRun: GetRunRequest,
          listRuns: ListRunsRequest,
          watchRun: WatchRunRequest,
        },
        connection,
      ),
    );
  }

  /** The transparency log. */
  get log() {
    return this.#service('log', 'attestation', (connection) =>
      promiseClient(
        TransparencyLogServiceService,
        {
          getLogCheckpoint: GetLogCheckpointRequest,
          getInclusionProof: GetInclusionProofRequest,
          getConsistencyProof: GetConsistencyProofRequest,
          listLogEntries: ListLogEntriesRequest,
        },
        connection,
      ),
    );
  }

  /** Model versions and labels of the program behind `admin`. */
  get models() {
    return this.#service('models', 'admin', (connection) =>
      promiseClient(
        ModelServiceService,
        {
          listModels: ListModelsRequest,
          getModel: GetModelRequest,
          loadModel: LoadModelRequest,
          unloadModel: UnloadModelRequest,
          setLabel: SetLabelRequest,
          getOperation: GetOperationRequest,
          watchOperation: WatchOperationRequest,
        },
        connection,
      ),
    );
  }

  /**
   * Retrieves for any number of users, in batches of at most 256. One bad request does not fail the others: its place
   * in the answer holds its error.
   * @throws IsthmusError where a whole batch fails
   */
  async retrieveMany(
    requests: readonly PartialMessage<RetrieveRequest>[],
    options?: CallOptions,
  ): Promise<(RetrieveResponse | IsthmusError)[]> {
    const answers: (RetrieveResponse | IsthmusError)[] = [];
    for (let from = 0; from < requests.length; from += MAX_BATCH) {
      const batch = requests.slice(from, from + MAX_BATCH);
      const { results } = await this.retrieval.batchRetrieve({ requests: batch }, options);
      for (const { outcome } of results) {
        if (outcome?.$case === 'response') answers.push(outcome.value);
        else if (outcome?.$case === 'error') answers.push(errorFromStatus(outcome.value));
        else throw new TypeError('the server sent a batch result without an outcome');
      }
    }
    return answers;
  }

  /** Closes every connection. Calls that are under way fail. */
  close(): void {
    for (const service of this.#open.values()) service.close();
    this.#open.clear();
  }

  #service<Service extends { close(): void }>(
    name: string,
    addressOption: 'retrieval' | 'representation' | 'attestation' | 'admin',
    open: (connection: ConnectionOptions) => Service,
  ): Service {
    const known = this.#open.get(name);
    if (known !== undefined) return known as Service;
    const address = this.#options[addressOption];
    if (address === undefined) {
      throw new TypeError(`no address for ${name}: give the option \`${addressOption}\` to IsthmusClient`);
    }
    const service = open({
      address,
      credentials: this.#credentials,
      deadlineMs: this.#options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    });
    this.#open.set(name, service);
    return service;
  }
}
