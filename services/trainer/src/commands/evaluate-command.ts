import type { PreparedData } from '../data/prepare-data.js';
import { evaluateModel } from '../evaluation/evaluate-model.js';
import type { TrainResult } from '../training/training-event.js';
import { objectsOf, readFlags } from './command-flags.js';
import { commandOutput } from './command-output.js';

/** What `isthmus-trainer evaluate --help` prints. */
export const evaluateHelp = `isthmus-trainer evaluate --model FILE --data FILE [flags]

Measures a trained model on what prepare cut off: rankings of warm and cold users, or clicks.

  --model FILE    what train wrote with --out
  --data FILE     what prepare wrote with --out
  --objects URL   content-addressed store; a folder below .isthmus if not given
  --out FILE      the figures as JSON
  --json          the same as the last line of standard output`;

/** `evaluate`: measures a model. */
export async function evaluateCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    model: { type: 'string' },
    data: { type: 'string' },
    objects: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: flags.text('out') });
  const { program, modelDigest, inputs } = flags.jsonFile<TrainResult>('model');
  const reference = { programDigest: program.digest, modelDigest, inputs };
  const { summary } = await evaluateModel(objectsOf(flags), reference, flags.jsonFile<PreparedData>('data'));
  for (const [group, figures] of Object.entries(summary.ranking))
    for (const [figure, value] of Object.entries(figures))
      output.line(`${group} ${figure} ${value.toFixed(4)}`);
  for (const [head, figures] of Object.entries(summary.clicks))
    for (const [figure, value] of Object.entries(figures))
      output.line(`${head} ${figure} ${value.toFixed(4)}`);
  await output.result(summary, summary);
  return 0;
}
