import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openObjectStore } from '@isthmus/chassis';
import {
  collectRetrievalReport,
  type PreparedData,
  progressDisplay,
  type RetrievalReportData,
  type TrainResult,
} from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { renderRetrievalReport } from '../report/retrieval/render-retrieval-report.js';
import type { Command } from './command-context.js';

/** Options of `isthmus report retrieval`. */
export interface ReportRetrievalOptions {
  /** What `train` wrote with --out. */
  readonly model: string;
  /** What `evaluate retrieval` wrote with --out. */
  readonly evaluation?: string;
  readonly directory: string;
  /** Prepared data; that of the folder where absent. */
  readonly data?: string;
  /** Record to explain. */
  readonly user?: number;
  /** File of the page. */
  readonly out: string;
}

/** Writes one page about a trained model of retrieval. */
export const reportRetrieval: Command<ReportRetrievalOptions> = async (options, { output }) => {
  const layout = meshLayout(options.directory);
  const progress = progressDisplay(process.stderr, () => performance.now());
  const comparisons =
    options.evaluation === undefined
      ? []
      : (await readJson<{ comparisons?: RetrievalReportData['comparisons'] }>(options.evaluation))
          .comparisons;
  if (comparisons === undefined)
    throw new Error(`${options.evaluation} is not what \`isthmus evaluate retrieval --out\` writes`);
  const data = await collectRetrievalReport({
    objects: openObjectStore(layout.objectsUrl),
    result: await readJson<TrainResult>(options.model),
    prepared: await readJson<PreparedData>(options.data ?? layout.dataFile),
    comparisons,
    ...(options.user === undefined ? {} : { user: options.user }),
    now: () => new Date(),
    onProgress: (text) => progress.line(text),
  });
  progress.end();
  await writeFile(options.out, renderRetrievalReport(data));
  output.line(`wrote ${resolve(options.out)}`);
  output.result({ report: resolve(options.out), modelDigest: data.modelDigest });
  return exitCode.ok;
};

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
