import { fileURLToPath } from 'node:url';
import { writeResults } from '@isthmus/trainer';
import { afterAll } from '@jest/globals';
import type { BalancingFigures } from './balancing-cases.js';

/** What a page of figures is called. */
export interface FiguresPage {
  /** Name of the file below `docs/results`. */
  readonly name: string;
  readonly title: string;
  readonly notes: readonly string[];
}

/** Writes what the cases have measured to `docs/results`, where `ISTHMUS_BALANCING_RESULTS` asks for it. */
export function writeFigures(page: FiguresPage, figures: BalancingFigures): void {
  afterAll(async () => {
    const { shareOfEach, killed, newcomer, ended } = figures;
    if (process.env.ISTHMUS_BALANCING_RESULTS === undefined) return;
    if (!shareOfEach || !killed || !newcomer || !ended)
      throw new Error('a case did not end: nothing is written');
    await writeResults(fileURLToPath(new URL('../..', import.meta.url)), {
      ...page,
      command: '.ci/balancing --results',
      seeds: [],
      rows: [
        { case: 'two replicas', 'share of each': shareOfEach.map(percent).join(', ') },
        {
          case: `one killed, ${killed.kills} times`,
          answered: killed.answered,
          failed: killed.failed,
          'failed, not to be repeated': killed.onceOnly,
          'slowest answer, ms': killed.slowestMs,
        },
        {
          case: 'a new one',
          answered: newcomer.answered,
          failed: newcomer.failed,
          's until its share': newcomer.seconds,
          'share of each': `${percent(1 - newcomer.share)}, ${percent(newcomer.share)}`,
        },
        {
          case: 'one asked to end',
          answered: ended.answered,
          failed: ended.failed,
          'slowest answer, ms': ended.slowestMs,
        },
      ],
      measured: {},
    });
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
