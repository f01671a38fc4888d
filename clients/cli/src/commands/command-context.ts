import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';

/** What every command is given. */
export interface CommandContext {
  readonly output: Output;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A command does its work and says how it ended; what it throws is printed as an error with exit code 1. */
export type Command<Options> = (options: Options, context: CommandContext) => Promise<ExitCode>;
