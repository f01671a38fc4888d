/** What the exit code of `isthmus` means. The help of the command lists them. */
export const exitCode = {
  ok: 0,
  /** Something failed: the message says what, and what to do. */
  failure: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A proof, a signature or a model does not hold. */
  rejected: 3,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
