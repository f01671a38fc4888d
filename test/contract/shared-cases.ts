import { type ModelSpec, ModelSpec as Spec } from '@isthmus/proto/isthmus/model/v1/model.js';
import { Event, type UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import { type BadCase, bad, invalid } from './method-cases.js';

/** Beyond 2^53, where numbers of JavaScript have gaps. */
export const beyondSafe = 9_007_199_254_740_993n;

/** A model by one of its choices. */
export function spec(name: string, choice?: ModelSpec['choice']): ModelSpec {
  return { ...Spec.fromPartial({ name }), ...(choice === undefined ? {} : { choice }) };
}

/** A name of 65 or more characters of the letter x. */
export function long(length: number): string {
  return 'x'.repeat(length);
}

interface AboutAModel {
  model?: ModelSpec | undefined;
}

/** Bad model specifications, the same for every request that names a model. @param name of a model that is there */
export function badModels<Request extends AboutAModel>(name: string): BadCase<Request>[] {
  const version = (value: string) => spec(name, { $case: 'version', value });
  return [
    invalid('no model', (good) => ({ ...good, model: undefined })),
    invalid('a model without a name', (good) => ({ ...good, model: spec('') })),
    invalid('a name in capitals', (good) => ({ ...good, model: spec('GemiRec') })),
    invalid('a digest that is none', (good) => ({
      ...good,
      model: spec(name, { $case: 'digest', value: 'abc' }),
    })),
    bad('an unknown model', (good) => ({ ...good, model: spec('nobody') }), 'NOT_FOUND', 'MODEL_NOT_FOUND'),
    bad(
      'an unknown version',
      (good) => ({ ...good, model: version('0') }),
      'NOT_FOUND',
      'MODEL_VERSION_NOT_FOUND',
    ),
    bad(
      'an unknown digest',
      (good) => ({ ...good, model: spec(name, { $case: 'digest', value: '0'.repeat(64) }) }),
      'NOT_FOUND',
      'MODEL_VERSION_NOT_FOUND',
    ),
    bad(
      'an unknown label',
      (good) => ({ ...good, model: spec(name, { $case: 'label', value: 'canary' }) }),
      'NOT_FOUND',
      'MODEL_LABEL_NOT_FOUND',
    ),
  ];
}

/** Bad users, the same for every request that describes one. */
export function badUsers<Request extends { user?: UserContext | undefined }>(): BadCase<Request>[] {
  const withEvent = (good: Request, event: Partial<Event>): Request => ({
    ...good,
    user: {
      ...(good.user as UserContext),
      events: [Event.fromPartial({ domain: 'books', itemId: 'x', ...event })],
    },
  });
  return [
    invalid('no user', (good) => ({ ...good, user: undefined })),
    invalid('an event without a domain', (good) => withEvent(good, { domain: '' })),
    invalid('an event without an item', (good) => withEvent(good, { itemId: '' })),
    invalid('an item id of 257 characters', (good) => withEvent(good, { itemId: long(257) })),
    invalid('10,001 events', (good) => ({
      ...good,
      user: {
        ...(good.user as UserContext),
        events: Array(10_001).fill((good.user as UserContext).events[0]),
      },
    })),
    bad(
      'an event of an unknown domain',
      (good) => withEvent(good, { domain: 'shoes' }),
      'INVALID_ARGUMENT',
      'DOMAIN_UNKNOWN',
    ),
  ];
}
