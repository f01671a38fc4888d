import { createRandom } from '@isthmus/learning';
import type { JsonObject } from '@isthmus/proof';
import { localSeed } from '../training/local-seed.js';
import type { Trial } from '../training/trials-log.js';
import { drawConfiguration, gridConfigurations, type SearchSpace } from './search-space.js';

/** What {@link tune} needs to know. */
export interface TuneOptions {
  /** What every configuration has; the space goes over it. */
  readonly base: JsonObject;
  readonly space: SearchSpace;
  /** `grid` tries everything, `random` as many as `trials`. */
  readonly search: 'random' | 'grid';
  readonly trials: number;
  /** Draws the configurations, and is the seed of every training. */
  readonly seed: number;
  /** Figure on validation by which the best is chosen: the highest. */
  readonly figure: string;
  /** Trains a configuration and says how it did on validation; one that was tried before is answered from the log. */
  readonly attempt: (configuration: JsonObject) => Promise<Trial>;
  readonly onTrial?: (trial: Trial, index: number, count: number) => void;
}

/** What was found. */
export interface TuneResult {
  readonly best: Trial;
  /** In the order in which they were tried. */
  readonly trials: readonly Trial[];
}

/**
 * Searches a space of specifications by validation alone. Equal options try the same configurations in the same order, so a search
 * that was stopped goes on.
 */
export async function tune(options: TuneOptions): Promise<TuneResult> {
  const { base, figure } = options;
  const configurations = configurationsOf(options).map((chosen) => ({ ...base, ...chosen }));
  const trials: Trial[] = [];
  let best: Trial | undefined;
  for (const [index, configuration] of configurations.entries()) {
    const trial = await options.attempt(configuration);
    const score = trial.validation[figure];
    if (score === undefined)
      throw new Error(
        `the program has no figure '${figure}' on validation; it has ${Object.keys(trial.validation).join(', ') || 'none'}`,
      );
    trials.push(trial);
    options.onTrial?.(trial, index, configurations.length);
    if (best === undefined || score > best.validation[figure]!) best = trial;
  }
  if (best === undefined) throw new Error('there is no configuration to try');
  return { best, trials };
}

/** Different configurations, in the order in which they are tried. */
function configurationsOf({ space, search, trials, seed }: TuneOptions): JsonObject[] {
  if (search === 'grid') return gridConfigurations(space);
  const chosen = new Map<string, JsonObject>();
  // A small space may have fewer configurations than trials: then repeated draws end the search.
  for (let draw = 0; draw < 20 * trials && chosen.size < trials; draw++) {
    const configuration = drawConfiguration(space, createRandom(localSeed(seed), 'tune', draw));
    chosen.set(JSON.stringify(configuration), configuration);
  }
  return [...chosen.values()];
}
