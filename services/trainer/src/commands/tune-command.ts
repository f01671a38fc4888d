import { resolve } from 'node:path';
import { parseSearchSpace, type SearchSpace } from '../tuning/search-space.js';
import { type TuneProgramOptions, tuneProgram } from '../tuning/tune-program.js';
import { type CommandFlags, objectsUrlOf, readFlags } from './command-flags.js';
import { commandOutput } from './command-output.js';
import { UsageError } from './usage-error.js';

/** What `isthmus-trainer tune --help` prints. */
export const tuneHelp = `isthmus-trainer tune --program P --data FILE --space JSON [flags]

Tries configurations of a program and names the one that does best on validation; what was held out is not looked at. Every
trial is appended to the log, and one that the log has already is not trained again.

  --program P      name of a program of this repository, or a bundle file
  --data FILE      what prepare wrote with --out
  --space JSON     values of each field, or @FILE: '{"dropout":[0.2,0.5],"learningRate":{"min":1e-4,"max":1e-2,"logarithmic":true}}'
  --spec JSON      what every configuration has, or @FILE
  --search KIND    random (the default) or grid
  --trials N       configurations of a random search; 20 if not given
  --figure NAME    figure on validation, the higher the better; ndcg@20 if not given
  --seed N         draws the configurations, and is the seed of every training; 1 if not given
  --log FILE       log of the trials; docs/results/trials.jsonl of the working directory if not given
  --objects URL    content-addressed store; a folder below .isthmus if not given
  --out FILE       the best configuration as JSON, for train --spec @FILE
  --json           best and number of trials as the last line of standard output`;

/** `tune`: searches the configurations of a program. */
export async function tuneCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    program: { type: 'string' },
    data: { type: 'string' },
    space: { type: 'string' },
    spec: { type: 'string' },
    search: { type: 'string' },
    trials: { type: 'string' },
    figure: { type: 'string' },
    seed: { type: 'string' },
    log: { type: 'string' },
    objects: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const search = flags.text('search') ?? 'random';
  if (search !== 'random' && search !== 'grid')
    throw new UsageError(`--search must be random or grid, not '${search}'`);
  const space = spaceOf(flags);
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: flags.text('out') });
  const given = {
    base: flags.json('spec'),
    trials: flags.wholeNumber('trials'),
    seed: flags.wholeNumber('seed'),
    figure: flags.text('figure'),
  };
  const { best, trials } = await tuneProgram({
    program: flags.requiredText('program'),
    dataFile: flags.requiredText('data'),
    objectsUrl: objectsUrlOf(flags),
    space,
    search,
    logPath: resolve(flags.text('log') ?? 'docs/results/trials.jsonl'),
    ...(Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<TuneProgramOptions>),
    onLine: (text) => output.line(text),
  });
  await output.result(best.configuration, { best, trials: trials.length });
  return 0;
}

function spaceOf(flags: CommandFlags): SearchSpace {
  const json = flags.json('space');
  if (json === undefined) throw new UsageError('--space is needed');
  try {
    return parseSearchSpace(json);
  } catch (error) {
    throw new UsageError(`--space: ${(error as Error).message}`);
  }
}
