import type { CallContext, ServiceClient } from '@isthmus/chassis';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import {
  type RepresentationServiceService,
  RepresentRequest,
  type RepresentResponse,
  ScoreCausalityRequest,
  type ScoreCausalityResponse,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';

/** The representation model that a retrieval model was trained with. */
export interface RepresentationPin {
  readonly name: string;
  /** SHA-256 of its file list, hexadecimal. An answer of another model is of no use. */
  readonly digest: string;
}

/** Share of the remaining deadline that one question may use; the rest is for the search. */
const DEADLINE_SHARE = 0.5;

/** Asks the representation service, always for the version that the retrieval model was trained with. */
export class RepresentationGateway {
  readonly #client: ServiceClient<typeof RepresentationServiceService>;

  /** Name under which the representation models are served. */
  readonly modelName: string;

  constructor(client: ServiceClient<typeof RepresentationServiceService>, modelName: string) {
    this.#client = client;
    this.modelName = modelName;
  }

  /**
   * The user's representation with at most `maxCauses` causes.
   * @throws IsthmusError as the service answers
   */
  represent(
    pin: RepresentationPin,
    user: UserContext,
    targetDomain: string,
    maxCauses: number,
    call: CallContext,
  ): Promise<RepresentResponse> {
    const request = RepresentRequest.fromPartial({ model: specOf(pin), user, targetDomain, maxCauses });
    return this.#client.represent(request, settings(call));
  }

  /**
   * The probability that each source event caused a preference for each item.
   * @throws IsthmusError as the service answers
   */
  scoreCausality(
    pin: RepresentationPin,
    user: UserContext,
    targetDomain: string,
    targetItemIds: string[],
    call: CallContext,
  ): Promise<ScoreCausalityResponse> {
    const request = ScoreCausalityRequest.fromPartial({
      model: specOf(pin),
      user,
      targetDomain,
      targetItemIds,
    });
    return this.#client.scoreCausality(request, settings(call));
  }
}

function specOf({ name, digest }: RepresentationPin) {
  return { name, choice: { $case: 'digest' as const, value: digest } };
}

function settings(call: CallContext) {
  return Number.isFinite(call.deadlineMs)
    ? { parent: call, deadlineMs: Math.max(1, Math.floor(call.deadlineMs * DEADLINE_SHARE)) }
    : { parent: call };
}
