import { failure, requireKnownDomains } from '@isthmus/chassis';
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
  requireKnownDomains(question.user, model.header.shape.domains);
  const withheld = new Set(question.user?.withheldDomains);
  const asOfMs = question.asOfMs > 0n ? Number(question.asOfMs) : undefined;
  const callerEvents = (question.user?.events ?? []).map(({ domain, itemId, timestampMs }) => ({
    domain: withheld.has(domain) ? '' : domain,
    itemId,
    timestampMs: Number(timestampMs),
  }));
  return model.use(callerEvents, asOfMs);
}
