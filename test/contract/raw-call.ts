import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { ErrorInfo } from '@isthmus/proto/google/rpc/error_details.js';
import { Status } from '@isthmus/proto/google/rpc/status.js';

/** How a call ended, as it came over the wire. */
export interface RawOutcome {
  /** Canonical code, for example `INVALID_ARGUMENT`. */
  readonly code: string;
  /** `ErrorInfo.reason`; empty where the trailers carry none. */
  readonly reason: string;
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly message: string;
  /** The encoded answers. */
  readonly answers: readonly Buffer[];
}

/**
 * Calls a method with encoded requests and none of a client's kindness: no default deadline, no limits, no retries. On
 * the wire every method is a stream either way, so one form serves all four kinds.
 *
 * @param deadlineMs is told to the server and not kept here: its answer is what counts, not whose clock is first
 */
export function rawCall(
  client: Client,
  path: string,
  requests: readonly Buffer[],
  deadlineMs: number | undefined,
): Promise<RawOutcome> {
  const identity = (bytes: Buffer) => bytes;
  const metadata = new Metadata();
  if (deadlineMs !== undefined) metadata.set('grpc-timeout', `${deadlineMs}m`);
  return new Promise((resolve) => {
    const call = client.makeBidiStreamRequest<Buffer, Buffer>(path, identity, identity, metadata);
    const answers: Buffer[] = [];
    call.on('data', (answer: Buffer) => answers.push(answer));
    call.on('error', (error: ServiceError) => resolve(outcomeOf(error, answers)));
    call.on('end', () => resolve({ ...nothing, code: 'OK', answers }));
    for (const request of requests) call.write(request);
    call.end();
  });
}

/** A client that sends whatever it is given. */
export function rawClient(address: string): Client {
  return new Client(address, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
    'grpc.enable_retries': 0,
  });
}

const nothing = { reason: '', domain: '', metadata: {}, message: '' };

function outcomeOf(error: ServiceError, answers: readonly Buffer[]): RawOutcome {
  const trailer = error.metadata?.get('grpc-status-details-bin')[0];
  const proto = Buffer.isBuffer(trailer) ? Status.decode(trailer) : undefined;
  const info = proto?.details.find(({ typeUrl }) => typeUrl.endsWith('/google.rpc.ErrorInfo'));
  const { reason, domain, metadata } = info === undefined ? nothing : ErrorInfo.decode(info.value);
  return { code: status[error.code] ?? '', reason, domain, metadata, message: error.details, answers };
}
