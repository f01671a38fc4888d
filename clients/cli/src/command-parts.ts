import { type Command, InvalidArgumentError } from 'commander';
import type { Command as Action } from './commands/command-context.js';

/** What every help ends with. */
export const exitCodes = `
Exit codes: 0 done · 1 failed, the message says what to do · 2 called wrongly · 3 a proof, a signature or a model does not hold`;

/** Runs a command with its options; exit codes and errors are the caller's. */
// biome-ignore lint/suspicious/noExplicitAny: every command has options of its own
export type RunAction = (action: Action<any>, options: any) => Promise<void>;

/** A command with examples, exit codes and `--json`, as every command has them. */
export function command(
  parent: Command,
  name: string,
  description: string,
  examples: readonly string[],
): Command {
  const lines = examples.map((example) => `  ${example}`).join('\n');
  return parent
    .command(name)
    .description(description)
    .option('--json', 'prints one JSON line at the end, for programs')
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is called)')
    .addHelpText('after', `\nExamples:\n${lines}\n${exitCodes}`);
}

/** Options that say how connections are protected. */
export function protectedConnections(command: Command): Command {
  return command
    .option('--tls-authority <file>', 'authorities that the service’s certificate must come from')
    .option('--tls-certificate <file>', 'certificate to call with; that of the mesh’s folder if not given')
    .option('--tls-key <file>', 'private key of that certificate')
    .option('--insecure', 'plain text, for services with --tls.mode=off');
}

/** Parses a whole number from 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('it must be a whole number from 0.');
  return Number(text);
}

/** Parses a port. */
export function port(text: string): number {
  const number = wholeNumber(text);
  if (number > 65_535) throw new InvalidArgumentError('a port is at most 65535.');
  return number;
}

/** Collects an option that may be repeated. */
export function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
