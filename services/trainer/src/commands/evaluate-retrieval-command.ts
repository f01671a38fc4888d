import { resolve } from 'node:path';
import { openUserSalt } from '../data/user-salt.js';
import { compareRetrievalRuns } from '../evaluation/compare-retrieval-runs.js';
import { comparisonLines } from '../evaluation/comparison-lines.js';
import type { RetrievalRun } from '../evaluation/evaluate-retrieval-run.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { objectsUrlOf, readFlags } from './command-flags.js';
import { commandOutput } from './command-output.js';
import { UsageError } from './usage-error.js';

/** What `isthmus-trainer evaluate-retrieval --help` prints. */
export const evaluateRetrievalHelp = `isthmus-trainer evaluate-retrieval --data FILE (--model | --lists) [NAME=]FILE... [flags]

Ranks the whole catalogue for everybody whom prepare held events out of, with the history left out and with it, and compares
the models: recall, hit rate and both NDCGs, seeds, intervals, groups of users and targets, interests.

  --data FILE           what prepare wrote with --out
  --model [NAME=]FILE   what train wrote with --out; several of one name are seeds of one model; may be repeated
  --lists [NAME=]FILE   ranked lists of somebody else: lines of TSV (user, then items, best first) or of JSON
                        {"user": ..., "items": [...]}, plain or gzip; may be repeated
  --baseline NAME       the model that the others are compared with, by paired intervals over users and seeds
  --seed N              seed of the intervals; 1 if not given
  --salt-file FILE      secret that prepare hashed user names with, for --lists; .isthmus/user-salt
  --partition FILE      keeps the groups of items that all models are judged by
  --hits FILE           where the hits of a single model go, to be given as --model later without ranking again
  --objects URL         content-addressed store; a folder below .isthmus if not given
  --out FILE            the comparison as JSON
  --json                the same as the last line of standard output`;

/** `evaluate-retrieval`: measures and compares models of retrieval. */
export async function evaluateRetrievalCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    data: { type: 'string' },
    model: { type: 'string', multiple: true },
    lists: { type: 'string', multiple: true },
    baseline: { type: 'string' },
    seed: { type: 'string' },
    'salt-file': { type: 'string' },
    partition: { type: 'string' },
    hits: { type: 'string' },
    objects: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: flags.text('out') });
  const runs = [
    ...flags.texts('model').map((text) => runOf(text, false)),
    ...flags.texts('lists').map((text) => runOf(text, true)),
  ];
  if (runs.length === 0) throw new UsageError('name a run with --model or --lists');
  const hitsFile = flags.text('hits');
  if (hitsFile !== undefined && runs.length > 1) throw new UsageError('--hits keeps those of one run');
  const baseline = flags.text('baseline');
  const seed = flags.wholeNumber('seed');
  const partitionPath = flags.text('partition');
  const { comparisons, evaluations } = await compareRetrievalRuns({
    objectsUrl: objectsUrlOf(flags),
    dataFile: flags.requiredText('data'),
    runs,
    salt: () => openUserSalt(resolve(flags.text('salt-file') ?? '.isthmus/user-salt')),
    ...(baseline === undefined ? {} : { baseline }),
    ...(seed === undefined ? {} : { seed }),
    ...(partitionPath === undefined ? {} : { partitionPath }),
    onProgress: (text) => output.progress.line(text),
  });
  if (hitsFile !== undefined)
    await writeFileAtomically(hitsFile, JSON.stringify([...evaluations.values()][0]![0]));
  for (const comparison of comparisons) for (const line of comparisonLines(comparison)) output.line(line);
  await output.result({ comparisons }, { comparisons });
  return 0;
}

function runOf(text: string, lists: boolean): RetrievalRun {
  const [, name, path] = /^([A-Za-z0-9][\w .+-]*)=(.+)$/.exec(text) ?? [];
  return path === undefined ? { path: text, lists } : { name: name!, path, lists };
}
