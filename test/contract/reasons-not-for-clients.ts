import type { ErrorReasonName } from '@isthmus/chassis';

/** Reasons that no case puts to the clients, and why: no good client meets them, or none can be sure to. */
export const reasonsNotForClients: Readonly<Partial<Record<ErrorReasonName, string>>> = {
  DEADLINE_REQUIRED: 'every client sets a deadline',
  METHOD_NOT_FOUND: 'every client is generated from the contract',
  MESSAGE_TOO_LARGE: 'a case has a message that is too large, which gRPC may refuse before the server does',
  DEADLINE_EXCEEDED: 'a case has a deadline that passes; the client’s clock is as quick as the server’s',
  CANCELLED: 'two cases cancel; the client says so itself',
  INTERNAL: 'a fault of a program, which the real ones are not known to have',
  DEPENDENCY_UNAVAILABLE: 'the loss of a database, in which a program ends; services/chassis shows it',
  OVERLOADED: 'not given yet',
};
