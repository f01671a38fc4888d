import { CommanderError } from 'commander';
import { commandLine } from './command-line.js';
import { describeError, errorResult } from './describe-error.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { standardOutput } from './output.js';
import { UsageError } from './usage-error.js';

/**
 * Runs one command line and says how it ended. Nothing here ends the process.
 * @param argv without the program and the script
 */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  const json = argv.includes('--json');
  const stop = new AbortController();
  // The first Ctrl-C asks; the handler is gone then, so a second one ends the process at once.
  const onSignal = () => stop.abort(new Error('stopped'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  let ended: ExitCode = exitCode.ok;
  const program = commandLine(async (command, options) => {
    ended = await command(options, { output: standardOutput(json), signal: stop.signal });
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return ended;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    process.stderr.write(
      `isthmus: ${stop.signal.aborted ? 'stopped before the end' : describeError(error)}\n`,
    );
    if (json) process.stdout.write(`${JSON.stringify(errorResult(error))}\n`);
    return error instanceof UsageError ? exitCode.usage : exitCode.failure;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
