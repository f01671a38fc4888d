import { rmSync } from 'node:fs';
import type { FromReplayer, ToReplayer } from './replay-protocol.js';
import { ReplaySession } from './replay-session.js';

/**
 * The process that runs training programs for verification. It has no credentials and opens no connection: it is told
 * what to replay, and asks for objects by digest, over the channel to the worker that started it. It ends with that
 * channel.
 */
function main(): void {
  const wanted = new Map<string, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>();
  const folder = process.argv[2];
  if (folder === undefined || process.send === undefined) {
    process.stderr.write(
      'This program is started by an attestation worker, with its private folder as argument.\n',
    );
    process.exitCode = 64;
    return;
  }
  const session = new ReplaySession(
    (sha256) =>
      new Promise((resolve, reject) => {
        wanted.set(sha256, { resolve, reject });
        void tell({ kind: 'want', sha256 });
      }),
    folder,
  );
  process.on('disconnect', () => {
    // The worker that would tidy up is gone.
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
  process.on('message', (message: ToReplayer) => {
    if (message.kind === 'task') {
      session
        .replay(message.task, (segment) => tell({ kind: 'segment', segment }))
        .then(
          (failure) => {
            if (failure === undefined) return tell({ kind: 'done' });
            const { evidence, ...rest } = failure;
            return tell({ kind: 'failed', failure: rest, evidence });
          },
          (error: unknown) =>
            tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) }),
        );
      return;
    }
    const waiting = wanted.get(message.sha256);
    wanted.delete(message.sha256);
    // Copied out of the channel's pooled memory, so that a program meets the same alignment as in training.
    if (message.kind === 'object') waiting?.resolve(new Uint8Array(message.bytes));
    else waiting?.reject(new Error(message.message));
  });
  void tell({ kind: 'ready' });
}

/** Sends a message and waits until it has left, so that a report is not lost with the process. */
function tell(message: FromReplayer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

main();
