import type { MethodDefinition } from '@grpc/grpc-js';
import type { ErrorReasonName } from '@isthmus/chassis';
import type { ClientWorld } from './client-world.js';
import type { GuardedCaller } from './guarded-mesh.js';

/** How a call ended for a client, told in the words that all languages share. */
export interface ClientOutcome {
  readonly language: string;
  /** Canonical code, for example `NOT_FOUND`. */
  readonly code: string;
  /** Reason of the typed error; empty where the client itself ended the call. */
  readonly reason: string;
  readonly domain: string;
  readonly message: string;
  readonly violations: readonly { readonly field: string; readonly description: string }[];
  /** The answers, decoded and encoded again by the client's classes. */
  readonly answers: readonly Buffer[];
}

/** One call that every client makes. */
export interface ClientCase {
  readonly name: string;
  readonly definition: MethodDefinition<unknown, unknown>;
  readonly address: (world: ClientWorld) => string;
  /** Who calls, under mutual TLS; plain text where nothing is said. */
  readonly caller?: GuardedCaller;
  /**
   * `cancel`: the client begins the call and cancels it; of a server stream, after the first message. `drain`: it tells the
   * server of cases of its first message, upon which the program ends, and reads on.
   */
  readonly behaviour: 'call' | 'cancel' | 'drain';
  /** Time allowed; null for the client's own default. */
  readonly deadlineMs: number | null;
  /** The reason that the case shows. */
  readonly reason?: ErrorReasonName;
  /** The requests, made afresh for every client. */
  readonly requests: (world: ClientWorld) => Promise<readonly Buffer[]>;
  /** Throws what is wrong with the outcome. */
  readonly check: (
    outcome: ClientOutcome,
    world: ClientWorld,
    requests: readonly Buffer[],
  ) => Promise<void> | void;
  /**
   * Throws what is wrong with the answers. Not asked of a client of an older release where answers have had fields since:
   * it may drop what it does not know.
   */
  readonly checkAnswers?: ClientCase['check'];
}

/** Time for calls that are about something else: the default of clients is short for a machine that tests. */
export const PATIENCE_MS = 30_000;

/** A method without the types of its messages. */
export function erased<Request, Response>(definition: MethodDefinition<Request, Response>) {
  return definition as unknown as MethodDefinition<unknown, unknown>;
}

/** Throws where a call ended otherwise. */
export function expectCode({ code, reason, message }: ClientOutcome, expected: string): void {
  if (code !== expected) throw new Error(`ended with ${code} ${reason} "${message}" instead of ${expected}`);
}

/**
 * Throws where a call was not refused so. The deadline runs out at both ends at once: a client whose clock is first knows no
 * reason of the server.
 */
export function expectRefusal(outcome: ClientOutcome, code: string, reason: ErrorReasonName): void {
  expectCode(outcome, code);
  const allowed = code === 'DEADLINE_EXCEEDED' ? [reason, 'DEADLINE_EXCEEDED', ''] : [reason];
  if (!allowed.includes(outcome.reason))
    throw new Error(`gave the reason "${outcome.reason}" instead of ${reason}`);
  if (outcome.reason === reason && outcome.domain !== 'isthmus')
    throw new Error(`gave the domain "${outcome.domain}"`);
  if (outcome.message === '') throw new Error('gave no message');
}
