#!/usr/bin/env node
/** `isthmus-trainer`: prepares data, trains programs and has them attested, evaluates models and publishes them. */
import { bundleCommand, bundleHelp } from './commands/bundle-command.js';
import { evaluateCommand, evaluateHelp } from './commands/evaluate-command.js';
import { evaluateRetrievalCommand, evaluateRetrievalHelp } from './commands/evaluate-retrieval-command.js';
import { prepareCommand, prepareHelp } from './commands/prepare-command.js';
import { publishCommand, publishHelp } from './commands/publish-command.js';
import { studyCommand, studyHelp } from './commands/study-command.js';
import { trainCommand, trainHelp } from './commands/train-command.js';
import { tuneCommand, tuneHelp } from './commands/tune-command.js';
import { UsageError } from './commands/usage-error.js';

const commands = new Map([
  ['prepare', { run: prepareCommand, help: prepareHelp }],
  ['train', { run: trainCommand, help: trainHelp }],
  ['publish', { run: publishCommand, help: publishHelp }],
  ['evaluate', { run: evaluateCommand, help: evaluateHelp }],
  ['evaluate-retrieval', { run: evaluateRetrievalCommand, help: evaluateRetrievalHelp }],
  ['tune', { run: tuneCommand, help: tuneHelp }],
  ['study', { run: studyCommand, help: studyHelp }],
  ['bundle', { run: bundleCommand, help: bundleHelp }],
]);

const help = `isthmus-trainer COMMAND [flags]

  prepare    reads events and commits them as a data set
  train      trains a program, and has the run attested
  publish    brings a model to every replica that shall serve it
  evaluate   measures a model
  evaluate-retrieval   compares models of retrieval, and ranked lists of others
  tune       tries configurations of a program on validation
  study      reproduces a page of results
  bundle     bundles the training programs

isthmus-trainer COMMAND --help says more. Exit codes: 0 done, 1 failed, 2 called wrongly, 3 rejected: by the replay, or by who should serve the model.`;

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...argv]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : commands.get(name);
  const asksForHelp = [name, ...argv].some((word) => word === '--help' || word === '-h');
  if (asksForHelp) {
    process.stdout.write(`${command?.help ?? help}\n`);
    return 0;
  }
  if (command === undefined) {
    process.stderr.write(`${help}\n`);
    return 2;
  }
  try {
    return await command.run(argv);
  } catch (error) {
    process.stderr.write(`isthmus-trainer ${name}: ${describe(error)}\n`);
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write(`isthmus-trainer ${name} --help says how it is called\n`);
    return 2;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  // A failure that came over the wire has its own words in its cause.
  return cause instanceof Error && !cause.message.includes(message)
    ? `${message} (${cause.message})`
    : message;
}
