import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openObjectStore, startTraceCollector } from '@isthmus/chassis';
import { writeResults } from '@isthmus/trainer';
import { BackgroundLane } from '../demo/background-lane.js';
import { demoFigures } from '../demo/demo-figures.js';
import type { DemoOptions } from '../demo/demo-options.js';
import { demoReport } from '../demo/demo-report.js';
import { demoResults } from '../demo/demo-results.js';
import { narrator } from '../demo/narrator.js';
import { type DemoOutcome, runDemo } from '../demo/run-demo.js';
import { Stopwatch } from '../demo/stopwatch.js';
import { exitCode } from '../exit-code.js';
import { defaultDirectory, meshLayout } from '../mesh/layout.js';
import { Mesh } from '../mesh/mesh.js';
import { renderReport } from '../report/render-report.js';
import type { Command } from './command-context.js';
import { aborted } from './serve.js';

/** Root of the checkout that this command belongs to. */
const checkout = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs the whole story and writes its report. */
export const demo: Command<DemoOptions> = async (options, { output, signal }) => {
  const directory = resolve(options.directory ?? (await mkdtemp(join(tmpdir(), 'isthmus-demo-'))));
  await mkdir(directory, { recursive: true });
  const layout = meshLayout(directory);
  const collector = await startTraceCollector();
  const mesh = new Mesh({ directory, otlpEndpoint: collector.url });
  const tell = narrator(output.json ? process.stderr : process.stdout);
  const isTemporary = options.directory === undefined && options.keep !== true;
  try {
    const outcome = await runDemo(
      {
        layout,
        objects: openObjectStore(layout.objectsUrl),
        mesh,
        collector,
        narrator: tell,
        stopwatch: new Stopwatch(),
        lane: new BackgroundLane(),
        seed: options.seed,
        signal,
      },
      options,
    );
    const report = await writeReport(options, outcome);
    tell.chapter('The report');
    tell.say(report);
    if (options.results !== undefined) await writeFigures(options, options.results, outcome);
    output.result({ ...demoFigures(outcome.measured), report });
    tell.say('', ...nextCommands(options, directory, outcome));
    if (options.keep === true) await aborted(signal);
    return holds(outcome) ? exitCode.ok : exitCode.rejected;
  } finally {
    tell.settle();
    await mesh.stop();
    await collector.close();
    if (isTemporary) await rm(directory, { recursive: true, force: true });
  }
};

/** What a demo must have shown, whatever the data: altered and unattested models were refused, and the honest one verifies. */
function holds({ measured: { altered, unattested, verifiedOffline } }: DemoOutcome): boolean {
  return altered !== undefined && unattested !== undefined && verifiedOffline;
}

async function writeFigures(options: DemoOptions, name: string, { measured }: DemoOutcome): Promise<void> {
  const data = options.data === undefined ? '' : ` --data ${relative(checkout, resolve(options.data))}`;
  await writeResults(checkout, demoResults(name, measured, `npm run demo --${data} --results ${name}`));
}

async function writeReport(
  { report }: DemoOptions,
  { measured, user, answer, note }: DemoOutcome,
): Promise<string> {
  // A temporary folder is gone in a moment: the report stays beside the person who reads it.
  const path = resolve(report ?? join(defaultDirectory, 'demo.html'));
  const { response, trace } = answer;
  const page = renderReport(demoReport(measured, { user, response, trace, note, date: new Date() }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, page);
  return path;
}

function nextCommands({ keep }: DemoOptions, directory: string, outcome: DemoOutcome): string[] {
  const { programs, models, user } = outcome;
  if (keep !== true)
    return [
      'to go on from here: npm run demo -- --keep leaves the mesh running and prints commands to try',
      'your own data:      npm run demo -- --data FOLDER',
    ];
  const events = user.history
    .slice(-3)
    .map(({ domain, itemId, timestampMs }) => `--event ${domain}:${itemId}:${timestampMs}`);
  const certificates = meshLayout(directory).certificatesDirectory;
  const served = models.find(({ service }) => service === 'retrieval')!;
  return [
    'the mesh stays up until Ctrl-C; in another terminal:',
    `  export ISTHMUS_RETRIEVAL=${programs.retrieval.address} ISTHMUS_REPRESENTATION=${programs.representation.address} ISTHMUS_ATTESTATION=${programs.attestation.address}`,
    `  export ISTHMUS_TLS_AUTHORITY=${certificates}/ca.crt ISTHMUS_TLS_CERTIFICATE=${certificates}/ranker.crt ISTHMUS_TLS_KEY=${certificates}/ranker.key`,
    `  npx isthmus explain ${events.join(' ')}`,
    `  npx isthmus retrieve --k 5 ${events.at(-1)}`,
    `  npx isthmus verify ${served.folder} --trust ${join(directory, 'trust.json')}`,
    `  npx isthmus doctor --directory ${directory}`,
    '',
    `everything of the mesh is in ${directory}`,
  ];
}
