import type { ResultReport, ResultRow } from '@isthmus/trainer';
import { type DemoMeasurements, demoFigures } from './demo-figures.js';

/** The figures of a demo as a results file: a row a model and task, and what the proofs cost. */
export function demoResults(name: string, measured: DemoMeasurements, command: string): ResultReport {
  const figures = demoFigures(measured);
  const { data, recall50, coldStartRecall50, aucSeeds } = figures;
  const rows: ResultRow[] = [
    ...(['retrieval', 'twoTower', 'popularity'] as const).map((model) => ({
      model,
      'recall@50, known users': recall50[model],
      'recall@50, newcomers': coldStartRecall50[model],
    })),
    ...aucSeeds.map(({ seed, representation, targetOnly }) => ({
      model: `clicks, seed ${seed}`,
      'AUC, target domain only': targetOnly,
      'AUC with the representation': representation,
    })),
    ...figures.runs.map((run) => ({
      model: `proof of ${run.program}`,
      steps: run.steps,
      'segments replayed': `${run.replayed} of ${run.segments}`,
      'training s': run.trainSeconds,
      'recording, share': run.recordingShare,
      'replay s, two workers': run.replaySeconds,
    })),
    { model: 'the whole demo', s: figures.seconds.total ?? 0 },
  ];
  return {
    name,
    title: `The demo on ${data.name}`,
    notes: [
      `${data.users} users, ${data.items} items, ${data.events} events, from ${data.sourceDomain} to ${data.targetDomain}. ` +
        `Held out: the next ${data.targetDomain} event of ${data.warmUsers} known users, and everything that ${data.coldUsers} newcomers did there. ` +
        'Full ranking over the target catalogue, history excluded. Clicks: global time split, four sampled negatives each.',
      'One seed for the ranking rows: they show that the mesh works end to end and are no comparison of models.',
    ],
    command,
    seeds: aucSeeds.map(({ seed }) => seed),
    rows,
    measured: {},
  };
}
