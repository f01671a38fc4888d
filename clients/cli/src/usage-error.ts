/** The command line asks for something that cannot be; printed with exit code 2. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
