import { type ConnectionSecurity, channelCredentialsOf, connect, type ServiceClient } from '@isthmus/chassis';
import { ModelServiceClient } from '@isthmus/proto/isthmus/model/v1/model_service.js';

/** Deadline of one call: loads are started by a call and followed by others. */
const CALL_DEADLINE_MS = 20_000;

/** The methods that are called. */
export type ModelClient = Pick<
  ServiceClient<typeof ModelServiceClient.service>,
  'listModels' | 'getModel' | 'loadModel' | 'setLabel' | 'getOperation'
>;

/** An admin port: that of one replica, or one behind which several are. */
export interface ModelPlace {
  readonly address: string;
  readonly client: ModelClient;
}

/** Runs work on admin ports, as an operator, and closes the connections. */
export async function atPlaces<T>(
  addresses: readonly string[],
  security: ConnectionSecurity,
  work: (places: readonly ModelPlace[]) => Promise<T>,
): Promise<T> {
  const credentials = channelCredentialsOf(security, Date.now());
  const places = addresses.map((address) => ({
    address,
    client: connect(ModelServiceClient, address, { credentials, defaultDeadlineMs: CALL_DEADLINE_MS }),
  }));
  try {
    return await work(places);
  } finally {
    for (const { client } of places) client.close();
  }
}
