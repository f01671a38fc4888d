import type { RunSession } from '../training/run-session.js';
import type { AttestationOptions } from '../training/train.js';

/** What opens an attested run. */
export interface AttestedSessionOptions extends AttestationOptions {
  readonly manifest: Uint8Array;
  readonly requestId: string;
  readonly seed: Uint8Array | undefined;
}

/** Announces a run. */
export async function attestedSession(_options: AttestedSessionOptions): Promise<RunSession> {
  throw new Error('not yet');
}
