import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { JsonObject } from '@isthmus/proof';
import type { PreparedData } from '../data/prepare-data.js';
import { programReference } from '../program/program-reference.js';
import type { SearchSpace } from './search-space.js';
import { spawnTrial } from './spawn-trial.js';
import { type TuneOptions, type TuneResult, tune } from './tune.js';

/** A search as a person asks for it. */
export interface TuneProgramOptions {
  /** Name of a program of this repository, or a bundle file. */
  readonly program: string;
  /** What `prepare` wrote. */
  readonly dataFile: string;
  readonly objectsUrl: string;
  readonly space: SearchSpace;
  /** What every configuration has; nothing if not given. */
  readonly base?: JsonObject;
  /** `random` if not given. */
  readonly search?: TuneOptions['search'];
  /** Configurations of a random search, 20 if not given. */
  readonly trials?: number;
  /** Draws the configurations, and is the seed of every training; 1 if not given. */
  readonly seed?: number;
  /** Figure on validation, the higher the better; `ndcg@20` if not given. */
  readonly figure?: string;
  /** JSON Lines file that trials are appended to. */
  readonly logPath: string;
  /** Told of each trial in a line. */
  readonly onLine: (text: string) => void;
}

/** Searches the configurations of a program, each trained in a process of its own. */
export async function tuneProgram(options: TuneProgramOptions): Promise<TuneResult> {
  const { dataFile, objectsUrl, logPath, onLine, seed = 1, figure = 'ndcg@20' } = options;
  const program = programReference(options.program);
  if (!('path' in program)) throw new Error('a program to tune is named, or given by its bundle file');
  const prepared = JSON.parse(await readFile(dataFile, 'utf8')) as PreparedData;
  const bundle = await readFile(program.path);
  const setting = {
    programFile: program.path,
    programDigest: createHash('sha256').update(bundle).digest('hex'),
    dataFile,
    data: prepared.interactions.object,
    objectsUrl,
    seed,
    logPath,
  };
  const result = await tune({
    base: options.base ?? {},
    space: options.space,
    search: options.search ?? 'random',
    trials: options.trials ?? 20,
    seed,
    figure,
    attempt: (configuration) => spawnTrial(setting, configuration),
    onTrial: ({ configuration, validation, cpuSeconds }, index, count) =>
      onLine(
        `${index + 1}/${count} ${figure} ${validation[figure]!.toFixed(4)} ${cpuSeconds.toFixed(0)} s ${JSON.stringify(configuration)}`,
      ),
  });
  onLine(`best of ${result.trials.length}: ${figure} ${result.best.validation[figure]!.toFixed(4)}`);
  onLine(JSON.stringify(result.best.configuration));
  return result;
}
