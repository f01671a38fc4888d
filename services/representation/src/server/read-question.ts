import { failure } from '@isthmus/chassis';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { RepresentationModel } from '../model/open-model.js';
import type { UsedEvents } from '../model/used-events.js';

/** What the requests of this service have in common. */
export interface Question {
  readonly user?: UserContext | undefined;
  readonly targetDomain: string;
  readonly asOfMs: bigint;
}

/**
 * The source events that may be used: known items of source domains, in time, not withheld. Indices are those of
 * `user.events`.
 * @throws IsthmusError DOMAIN_UNKNOWN for a target domain that is not the model's, or an event of a domain it does not know
 */
export function readQuestion(question: Question, model: RepresentationModel): UsedEvents {
  const { targetDomain } = model;
  if (question.targetDomain !== '' && question.targetDomain !== targetDomain) {
    throw failure(
      'DOMAIN_UNKNOWN',
      `the model represents users for ${targetDomain}, not for ${question.targetDomain}; ask for ${targetDomain} or leave it empty`,
      { metadata: { field: 'target_domain', domain: question.targetDomain, domains: targetDomain } },
    );
  }
  const { domains } = model.header.shape;
  const events = question.user?.events ?? [];
  for (const [index, { domain }] of events.entries()) {
    if (domains.includes(domain)) continue;
    throw failure(
      'DOMAIN_UNKNOWN',
      `user.events[${index}] is of the domain ${domain}, with which the model was not trained; it knows ${domains.join(', ')}`,
      { metadata: { field: `user.events[${index}].domain`, domain, domains: domains.join(',') } },
    );
  }
  const withheld = new Set(question.user?.withheldDomains);
  const asOfMs = question.asOfMs > 0n ? Number(question.asOfMs) : undefined;
  const callerEvents = events.map(({ domain, itemId, timestampMs }) => ({
    domain: withheld.has(domain) ? '' : domain,
    itemId,
    timestampMs: Number(timestampMs),
  }));
  return model.use(callerEvents, asOfMs);
}
