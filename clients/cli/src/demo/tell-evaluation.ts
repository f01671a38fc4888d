import { textTable } from '../text-table.js';
import type { DemoContext } from './demo-context.js';
import { type DemoMeasurements, recall } from './demo-figures.js';

/** The figures on held-out events as two small tables. */
export function tellEvaluation(
  { narrator }: DemoContext,
  measured: Pick<DemoMeasurements, 'retrievalEvaluation' | 'popularity' | 'twoTower' | 'clicks' | 'data'>,
): void {
  const row = (name: string, evaluation: DemoMeasurements['popularity']) => [
    name,
    recall(evaluation, 'warm').toFixed(4),
    recall(evaluation, 'cold').toFixed(4),
  ];
  const { clicks } = measured;
  const { prepared } = measured.data;
  narrator.say(
    ...textTable([
      ['recall@50', 'known users', 'newcomers'],
      row('retrieval (GemiRec)', measured.retrievalEvaluation),
      row('two-tower', measured.twoTower),
      row('popularity', measured.popularity),
    ]),
    '',
    ...textTable([
      [`AUC of clicks, mean of ${clicks.seeds.length} seeds`, ''],
      [`knowing ${prepared.targetDomain} only`, clicks.targetOnly.toFixed(4)],
      [`with the representation from ${prepared.sourceDomain}`, clicks.representation.toFixed(4)],
    ]),
  );
}
