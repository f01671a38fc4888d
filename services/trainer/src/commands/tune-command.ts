import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PreparedData } from '../data/prepare-data.js';
import { programReference } from '../program/program-reference.js';
import { parseSearchSpace, type SearchSpace } from '../tuning/search-space.js';
import { spawnTrial } from '../tuning/spawn-trial.js';
import { tune } from '../tuning/tune.js';
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
  const program = programReference(flags.requiredText('program'));
  if (!('path' in program)) throw new UsageError('--program must be a name or a file');
  const prepared = flags.jsonFile<PreparedData>('data');
  const seed = flags.wholeNumber('seed') ?? 1;
  const figure = flags.text('figure') ?? 'ndcg@20';
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: flags.text('out') });
  const setting = {
    programFile: program.path,
    programDigest: createHash('sha256')
      .update(await readFile(program.path))
      .digest('hex'),
    dataFile: flags.requiredText('data'),
    data: prepared.interactions.object,
    objectsUrl: objectsUrlOf(flags),
    seed,
    logPath: resolve(flags.text('log') ?? 'docs/results/trials.jsonl'),
  };
  const { best, trials } = await tune({
    base: flags.json('spec') ?? {},
    space,
    search,
    trials: flags.wholeNumber('trials') ?? 20,
    seed,
    figure,
    attempt: (configuration) => spawnTrial(setting, configuration),
    onTrial: ({ configuration, validation, cpuSeconds }, index, count) =>
      output.line(
        `${index + 1}/${count} ${figure} ${validation[figure]!.toFixed(4)} ${cpuSeconds.toFixed(0)} s ${JSON.stringify(configuration)}`,
      ),
  });
  output.line(`best of ${trials.length}: ${figure} ${best.validation[figure]!.toFixed(4)}`);
  output.line(JSON.stringify(best.configuration));
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
