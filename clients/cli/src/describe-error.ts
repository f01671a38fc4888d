import { IsthmusError as MeshError, toStatusProto } from '@isthmus/chassis';
import { errorFromStatus, IsthmusError } from '@isthmus/client';

/** What to do about failures that the services cannot explain themselves, because they were not reached. */
const remedies: ReadonlyMap<string, string> = new Map([
  ['UNAVAILABLE', 'is the mesh running? `isthmus serve` starts it and prints its addresses'],
  ['DEADLINE_EXCEEDED', 'allow more time with --deadline-ms, or ask for less'],
]);

/** An error in one line: what failed, and what to do where that is known. */
export function describeError(thrown: unknown): string {
  const error = asClientError(thrown);
  if (error instanceof IsthmusError) {
    const remedy = remedies.get(error.code);
    const name = error.reason === '' ? error.code : `${error.code} ${error.reason}`;
    return `${name}: ${error.message}${remedy === undefined ? '' : ` (${remedy})`}`;
  }
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** The same for programs: the JSON line of a command that failed. */
export function errorResult(thrown: unknown): { error: Record<string, unknown> } {
  const error = asClientError(thrown);
  if (!(error instanceof IsthmusError)) return { error: { message: describeError(error) } };
  const { code, reason, message, metadata } = error;
  return { error: { code, reason, message, metadata } };
}

/** What the trainer's parts throw, as the client would have. */
function asClientError(error: unknown): unknown {
  return error instanceof MeshError ? errorFromStatus(toStatusProto(error)) : error;
}
