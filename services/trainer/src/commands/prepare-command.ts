import { resolve } from 'node:path';
import type { DataSource } from '../data/load-data.js';
import { prepareData } from '../data/prepare-data.js';
import { type SplitKind, splitKinds } from '../data/split-data.js';
import { openUserSalt } from '../data/user-salt.js';
import { objectsOf, readFlags } from './command-flags.js';
import { commandOutput } from './command-output.js';
import { UsageError } from './usage-error.js';

/** What `isthmus-trainer prepare --help` prints. */
export const prepareHelp = `isthmus-trainer prepare (--simulator | FOLDER | FILE...) [flags]

Reads events, cuts off what models are measured by, and commits the rest as two record sets.

  --simulator            events of the simulator instead of files
  --users N              users of the simulator; 2,000 if not given
  --source-domain NAME   domain whose events may cause interest; chosen by size if not given; none leaves all but
                         the target domain out
  --target-domain NAME   domain that items are recommended from
  --split KIND           mesh (the default): the last target event of known users, all target events of some others;
                         time: everything after one moment; leave-last-out; warm: the same on the histories of two
                         domains; comirec: the last fifth of a tenth of the users; cold: all of a fifth of the users
  --first-only           of leave-last-out and warm: targets are items that the user had not had before
  --seed N               draws held-out users and sampled negatives; 1 if not given, 2024 for comirec
  --salt-file FILE       secret that user names are hashed with, made at the first use; .isthmus/user-salt
  --event-columns JSON   columns of event files with other names, for example '{"user":"customer","timestamp":"day"}'
  --item-columns JSON    the same for item files: item, domain, category, tokens, numbers
  --skip-bad-rows        leaves rows out that cannot be read, instead of naming them and giving up
  --objects URL          content-addressed store; a folder below .isthmus if not given
  --out FILE             description of the prepared data, for train and evaluate
  --json                 the same as the last line of standard output`;

/** `prepare`: commits a data set. */
export async function prepareCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    simulator: { type: 'boolean' },
    users: { type: 'string' },
    'source-domain': { type: 'string' },
    'target-domain': { type: 'string' },
    split: { type: 'string' },
    'first-only': { type: 'boolean' },
    seed: { type: 'string' },
    'salt-file': { type: 'string' },
    'event-columns': { type: 'string' },
    'item-columns': { type: 'string' },
    'skip-bad-rows': { type: 'boolean' },
    objects: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const split = splitOf(flags.text('split') ?? 'mesh');
  const seed = flags.wholeNumber('seed');
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: flags.text('out') });
  const sourceDomain = flags.text('source-domain');
  const targetDomain = flags.text('target-domain');
  const prepared = await prepareData({
    source: await sourceOf(flags),
    split,
    firstOnly: flags.isSet('first-only'),
    objects: objectsOf(flags),
    ...(seed === undefined ? {} : { seed }),
    ...(sourceDomain === undefined ? {} : { sourceDomain: sourceDomain === 'none' ? '' : sourceDomain }),
    ...(targetDomain === undefined ? {} : { targetDomain }),
    onProgress: ({ step, detail }) => output.progress.line(`${step}: ${detail}`),
  });
  output.line(`source domain ${prepared.sourceDomain || 'none'}, target domain ${prepared.targetDomain}`);
  output.line(`interactions ${prepared.interactions.object} (${prepared.interactions.size} records)`);
  output.line(`items        ${prepared.items.object} (${prepared.items.size} records)`);
  output.line(`evaluation   ${prepared.evaluation}`);
  await output.result(prepared, prepared);
  return 0;
}

function splitOf(text: string): SplitKind {
  const kind = splitKinds.find((name) => name === text);
  if (kind === undefined)
    throw new UsageError(`--split must be one of ${splitKinds.join(', ')}, not '${text}'`);
  return kind;
}

async function sourceOf(flags: ReturnType<typeof readFlags>): Promise<DataSource> {
  const isSimulator = flags.isSet('simulator');
  if (isSimulator === flags.words.length > 0) throw new UsageError('name either --simulator or files');
  if (isSimulator) {
    const users = flags.wholeNumber('users');
    return { kind: 'simulator', ...(users === undefined ? {} : { parameters: { users } }) };
  }
  const salt = await openUserSalt(resolve(flags.text('salt-file') ?? '.isthmus/user-salt'));
  const eventColumns = flags.json('event-columns');
  const itemColumns = flags.json('item-columns');
  return {
    kind: 'files',
    paths: flags.words,
    salt,
    skipBadRows: flags.isSet('skip-bad-rows'),
    ...(eventColumns === undefined ? {} : { eventColumns }),
    ...(itemColumns === undefined ? {} : { itemColumns }),
  };
}
