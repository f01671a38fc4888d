import { type CallContext, failure, toIsthmusError } from '@isthmus/chassis';
import { decodeFloats } from '@isthmus/learning';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import {
  CrossDomainMode,
  CrossDomainStatus,
  CrossDomainUse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { RepresentationPin } from './representation-gateway.js';
import type { RetrievalContext } from './retrieval-context.js';

/** Causes that come with a representation. */
const MAX_CAUSES = 10;

/** What has to be known of a model that may take a representation. */
export interface CrossDomainReader {
  readonly model: {
    readonly header: {
      readonly targetDomain: string;
      /** Null where the model takes none. */
      readonly representationDigest: string | null;
      readonly shape: { readonly crossDim: number };
    };
  };
}

/** The user's representation from other domains, where there is one, and what the answer says of it. */
export interface CrossDomain {
  readonly input: { readonly vector: Float32Array; readonly gate: number } | undefined;
  readonly use: CrossDomainUse;
  /** The model that was asked; undefined where none was. */
  readonly pin: RepresentationPin | undefined;
}

/**
 * Asks for the user's representation unless the caller does not want it. A service that does not answer is no failure
 * under `AUTO`: the answer is made without, and says so.
 * @throws IsthmusError CROSS_DOMAIN_UNAVAILABLE where the caller requires what is not to be had
 */
export async function crossDomain(
  context: RetrievalContext,
  { model }: CrossDomainReader,
  user: UserContext,
  mode: CrossDomainMode,
  call: CallContext,
): Promise<CrossDomain> {
  const { telemetry, representation } = context;
  if (mode === CrossDomainMode.CROSS_DOMAIN_MODE_OFF)
    return without(CrossDomainStatus.CROSS_DOMAIN_STATUS_OFF);
  const digest = model.header.representationDigest;
  const answer =
    digest === null || representation === undefined
      ? without(CrossDomainStatus.CROSS_DOMAIN_STATUS_NOT_CONFIGURED)
      : await telemetry.span('cross_domain', {}, async (span) => {
          const asked = await ask(context, { name: representation.modelName, digest }, model, user, call);
          span.setAttribute('isthmus.cross_domain', statusName(asked.use.status));
          return asked;
        });
  if (mode === CrossDomainMode.CROSS_DOMAIN_MODE_REQUIRED && unavailable(answer.use.status)) {
    const status = statusName(answer.use.status);
    throw failure(
      'CROSS_DOMAIN_UNAVAILABLE',
      `the call requires a cross-domain representation and there is none (${status}); allow an answer without, or look at the representation service`,
      { metadata: { status } },
    );
  }
  return answer;
}

async function ask(
  { representation }: RetrievalContext,
  pin: RepresentationPin,
  model: CrossDomainReader['model'],
  user: UserContext,
  call: CallContext,
): Promise<CrossDomain> {
  const { targetDomain, shape } = model.header;
  try {
    const answer = await representation?.represent(pin, user, targetDomain, MAX_CAUSES, call);
    const bytes = answer?.user?.vector?.values;
    if (answer?.model?.digest !== pin.digest || bytes?.byteLength !== 4 * shape.crossDim) {
      call.logger.warn(
        { expected: pin.digest, got: answer?.model?.digest },
        'another representation model answered',
      );
      return without(CrossDomainStatus.CROSS_DOMAIN_STATUS_UNAVAILABLE);
    }
    if (answer.usedEvents === 0) return without(CrossDomainStatus.CROSS_DOMAIN_STATUS_NO_SOURCE_EVENTS);
    const gate = answer.user?.gate ?? 0;
    return {
      input: { vector: decodeFloats(bytes), gate },
      use: {
        status: CrossDomainStatus.CROSS_DOMAIN_STATUS_USED,
        model: answer.model,
        gate,
        causes: answer.user?.causes ?? [],
      },
      pin,
    };
  } catch (error) {
    call.signal.throwIfAborted();
    call.logger.warn(
      { reason: toIsthmusError(error).reason },
      'answering without a cross-domain representation',
    );
    return without(CrossDomainStatus.CROSS_DOMAIN_STATUS_UNAVAILABLE);
  }
}

function without(status: CrossDomainStatus): CrossDomain {
  return { input: undefined, use: CrossDomainUse.fromPartial({ status }), pin: undefined };
}

function unavailable(status: CrossDomainStatus): boolean {
  return (
    status === CrossDomainStatus.CROSS_DOMAIN_STATUS_UNAVAILABLE ||
    status === CrossDomainStatus.CROSS_DOMAIN_STATUS_NOT_CONFIGURED
  );
}

function statusName(status: CrossDomainStatus): string {
  return (CrossDomainStatus[status] ?? '').replace('CROSS_DOMAIN_STATUS_', '');
}
