import type { MethodDefinition } from '@grpc/grpc-js';
import type { ErrorReasonName } from '@isthmus/chassis';
import type { ContractWorld, Port } from './contract-world.js';

type Made<T> = T | Promise<T>;

/** A bad input: what is wrong, how a good request is made so, and what the server says of it. */
export interface BadCase<Request> {
  readonly what: string;
  /** The request, or the requests of a stream, made of a good one. */
  readonly change: (good: Request, world: ContractWorld) => Made<Request | Request[]>;
  readonly code: string;
  readonly reason: ErrorReasonName;
  /** Port to call where it is not the method's own. */
  readonly port?: Port;
  /** Time allowed; 10 s where nothing is said. */
  readonly deadlineMs?: number;
}

/** A method with a good call and its bad inputs. */
export interface MethodCases<Request = unknown, Response = unknown> {
  readonly definition: MethodDefinition<Request, Response>;
  readonly port: Port;
  /** A request that is answered. */
  readonly good: (world: ContractWorld) => Made<Request>;
  /** What is to be said of the answers to the good request. */
  readonly check?: (answers: Response[], world: ContractWorld, request: Request) => Made<void>;
  readonly bad: readonly BadCase<Request>[];
}

/** Cases of one method, with the types of its messages checked here and forgotten afterwards. */
export function methodCases<Request, Response>(
  definition: MethodDefinition<Request, Response>,
  port: Port,
  good: MethodCases<Request, Response>['good'],
  bad: readonly BadCase<Request>[],
  check?: MethodCases<Request, Response>['check'],
): MethodCases {
  const cases: MethodCases<Request, Response> = {
    definition,
    port,
    good,
    bad,
    ...(check === undefined ? {} : { check }),
  };
  return cases as unknown as MethodCases;
}

/** A bad input in one line. */
export function bad<Request>(
  what: string,
  change: BadCase<Request>['change'],
  code: string,
  reason: ErrorReasonName,
  more: Pick<BadCase<Request>, 'port' | 'deadlineMs'> = {},
): BadCase<Request> {
  return { what, change, code, reason, ...more };
}

/** A field that breaks a rule of the schema. */
export function invalid<Request>(what: string, change: BadCase<Request>['change']): BadCase<Request> {
  return bad(what, change, 'INVALID_ARGUMENT', 'FIELD_INVALID');
}

/** Bad pages, the same for every listing. */
export function badPages<Request extends { pageSize: number; pageToken: string }>(): BadCase<Request>[] {
  return [
    invalid('a negative page size', (good) => ({ ...good, pageSize: -1 })),
    invalid('a page of more than 1,000', (good) => ({ ...good, pageSize: 1001 })),
    bad(
      'a page token that nobody made',
      (good) => ({ ...good, pageToken: 'bm9ib2R5' }),
      'INVALID_ARGUMENT',
      'PAGE_TOKEN_INVALID',
    ),
    bad(
      'a page token of another listing',
      (good) => ({ ...good, pageToken: Buffer.from('["elsewhere","7"]').toString('base64url') }),
      'INVALID_ARGUMENT',
      'PAGE_TOKEN_INVALID',
    ),
  ];
}
