import { type Distribution, distributeModel, isRejection } from '../distribution/distribute-model.js';
import { distributionLine } from '../distribution/distribution-line.js';
import type { Patience } from '../distribution/load-version.js';
import { atPlaces } from '../distribution/model-place.js';
import { type ModelName, modelOfResult } from '../distribution/model-source.js';
import type { TrainResult } from '../training/training-event.js';
import { type CommandFlags, objectsOf, readFlags } from './command-flags.js';
import { type CommandOutput, commandOutput } from './command-output.js';
import { securityFlags, securityOf } from './command-security.js';
import { UsageError } from './usage-error.js';

/** Longest wait for the replicas where none is given: a large model is fetched and warmed in it. */
const DEADLINE_MS = 600_000;

/** What `isthmus-trainer publish --help` prints. */
export const publishHelp = `isthmus-trainer publish --model FILE --to HOST:PORT [flags]

Brings a trained model to every replica of the program that serves it: stored by digest, registered, pulled, verified,
warmed, and then labelled. Once more it changes nothing, and after an interruption it goes on. The exit code is 3 where a
program refuses the model because it was altered, is not attested, or does not meet its policy.

  --model FILE           what train wrote with --out
  --to HOST:PORT         admin port of the program; may be repeated
  --label NAME           label to point at the model in the end; may be repeated
  --as NAME@VERSION      other than the program's name and the first digits of the model's digest
  --objects URL          content-addressed store of trainer and programs; a folder below .isthmus if not given
  --stored               the programs have the objects already: train --upload sent them
  --deadline-ms N        longest wait for the replicas; ${DEADLINE_MS} if not given
  --tls-authority FILE   authorities that the program's certificate must come from; or ISTHMUS_TLS_AUTHORITY
  --tls-certificate FILE certificate of an operator; or ISTHMUS_TLS_CERTIFICATE
  --tls-key FILE         its private key; or ISTHMUS_TLS_KEY
  --insecure             plain text, for a program with --tls.mode=off; or ISTHMUS_TLS_MODE=off
  --json                 the outcome as the last line of standard output`;

/** `publish`: brings a model to every replica. Exit code 3 where a program does not accept it. */
export async function publishCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    model: { type: 'string' },
    to: { type: 'string', multiple: true },
    label: { type: 'string', multiple: true },
    as: { type: 'string' },
    objects: { type: 'string' },
    stored: { type: 'boolean' },
    'deadline-ms': { type: 'string' },
    ...securityFlags,
    json: { type: 'boolean' },
  });
  const output = commandOutput({ json: flags.isSet('json'), events: false, outFile: undefined });
  const addresses = flags.texts('to');
  if (addresses.length === 0) throw new UsageError('--to is needed');
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('stopped; the same command goes on from here'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const security = securityOf(flags, '--to');
    const patience = { deadlineMs: flags.wholeNumber('deadline-ms') ?? DEADLINE_MS, signal: stop.signal };
    const outcome = await publish(flags, output, addresses, security, patience);
    await output.result(outcome, outcome);
    return 0;
  } catch (error) {
    if (!isRejection(error)) throw error;
    process.stderr.write(`isthmus-trainer publish: ${error.reason}: ${error.message}\n`);
    return 3;
  }
}

function publish(
  flags: CommandFlags,
  output: CommandOutput,
  addresses: readonly string[],
  security: ReturnType<typeof securityOf>,
  patience: Patience,
): Promise<Distribution> {
  const objects = objectsOf(flags);
  const source = modelOfResult(resultIn(flags), objects, namedBy(flags.text('as')));
  return atPlaces(addresses, security, (places) =>
    distributeModel({
      ...patience,
      source,
      objects: flags.isSet('stored') ? undefined : objects,
      places,
      labels: flags.texts('label'),
      onEvent: (event) => output.progress.line(distributionLine(source, event)),
    }),
  );
}

/** Boundary: the file is whatever the flag names. */
function resultIn(flags: CommandFlags): TrainResult {
  const result = flags.jsonFile<Partial<TrainResult> | null>('model');
  if (result?.program !== undefined && Array.isArray(result.files)) return result as TrainResult;
  throw new UsageError(`--model: ${flags.text('model')} is not what a training wrote with --out`);
}

function namedBy(text: string | undefined): Partial<ModelName> {
  if (text === undefined) return {};
  const [, name, version] = /^([^@]+)@(.+)$/.exec(text) ?? [];
  if (name === undefined || version === undefined)
    throw new UsageError(`--as must be NAME@VERSION, not '${text}'`);
  return { name, version };
}
