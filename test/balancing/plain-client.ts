import { type ChannelCredentials, Client, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import {
  CatalogueServiceService,
  type UpsertItemsRequest,
  type UpsertItemsResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import {
  RetrievalServiceService,
  type RetrieveRequest,
  type RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';

/** Longest wait for an answer, in milliseconds. */
const deadlineMs = 10_000;

/** A call that failed after its answer had begun: by then a proxy has passed the beginning on and cannot repeat the call. */
export class BegunAnswer extends Error {}

/**
 * A caller without a client of ours: its calls go round the addresses of a name, none is repeated that a server may have
 * seen, and no request id is filled in. Failures are those of grpc-js, or {@link BegunAnswer}.
 */
export class PlainClient {
  readonly #client: Client;

  constructor(target: string, credentials: ChannelCredentials) {
    this.#client = new Client(target, credentials, {
      'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
      'grpc.service_config_disable_resolution': 1,
    });
  }

  retrieve(request: RetrieveRequest): Promise<RetrieveResponse> {
    return this.#call(RetrievalServiceService.retrieve, request);
  }

  upsertItems(request: UpsertItemsRequest): Promise<UpsertItemsResponse> {
    return this.#call(CatalogueServiceService.upsertItems, request);
  }

  close(): void {
    this.#client.close();
  }

  #call<Request, Response>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
    request: Request,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + deadlineMs };
      let hasBegun = false;
      const done = (error: ServiceError | null, response?: Response) => {
        if (!error) resolve(response as Response);
        else reject(hasBegun ? new BegunAnswer(error.message) : error);
      };
      this.#client
        .makeUnaryRequest(path, requestSerialize, responseDeserialize, request, options, done)
        .on('metadata', () => {
          hasBegun = true;
        });
    });
  }
}
