/** How calls that are safe to repeat are repeated (gRFC A6). */
export interface RetryPolicy {
  /** Attempts in all, the first included; 1 for no retries. At most 5. Default 4. */
  readonly maxAttempts: number;
  /** Upper bound of the first pause, in milliseconds; pauses are drawn at random below their bound. Default 50. */
  readonly initialBackoffMs: number;
  /** Upper bound of every pause, in milliseconds. Default 1,000. */
  readonly maxBackoffMs: number;
}

/** What is done where nothing else is asked for. */
export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 4, initialBackoffMs: 50, maxBackoffMs: 1000 };

/**
 * What throttles retries (gRFC A6): a failure takes a token, a success gives back a tenth of one, and with half of them gone
 * nothing is repeated. As many as there may be: a replica that is killed fails all calls on its connection at once, up to
 * `server.maxConcurrentStreams` of them, and every one of these is to be repeated elsewhere.
 */
const retryThrottling = { maxTokens: 1000, tokenRatio: 0.1 };

/**
 * The service config of a channel: calls spread over all addresses, and UNAVAILABLE is retried for the methods given,
 * as long as {@link retryThrottling} allows.
 */
export function serviceConfig(retriedPaths: readonly string[], policy: RetryPolicy): string {
  const name = retriedPaths.map((path) => {
    const [, service = '', method = ''] = path.split('/');
    return { service, method };
  });
  const retryPolicy = {
    maxAttempts: policy.maxAttempts,
    initialBackoff: seconds(policy.initialBackoffMs),
    maxBackoff: seconds(policy.maxBackoffMs),
    backoffMultiplier: 2,
    retryableStatusCodes: ['UNAVAILABLE'],
  };
  return JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    ...(name.length > 0 && policy.maxAttempts > 1
      ? { methodConfig: [{ name, retryPolicy }], retryThrottling }
      : {}),
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)}s`;
}
