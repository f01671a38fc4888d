import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import { failure } from './isthmus-error.js';

/**
 * Refuses events of a domain that a model was not trained with.
 * @param domains those that it knows
 * @throws DOMAIN_UNKNOWN with the first such event
 */
export function requireKnownDomains(user: UserContext | undefined, domains: readonly string[]): void {
  for (const [index, { domain }] of (user?.events ?? []).entries()) {
    if (domains.includes(domain)) continue;
    throw failure(
      'DOMAIN_UNKNOWN',
      `user.events[${index}] is of the domain ${domain}, with which the model was not trained; it knows ${domains.join(', ')}`,
      { metadata: { field: `user.events[${index}].domain`, domain, domains: domains.join(',') } },
    );
  }
}
