import type { RetrievalReportData } from '@isthmus/trainer';
import { html, type Markup } from '../html.js';
import { lineChart } from '../line-chart.js';

type Comparison = RetrievalReportData['comparisons'][number];
type Model = Comparison['models'][number];

/** Recall of the model when it is asked for other numbers of interests, and when its answer is older. */
export function measuredCurves({ byInterests, byAge }: RetrievalReportData): Markup {
  const curves = [
    ['recall@50 by the number of interests searched with', 'interests', byInterests] as const,
    ['recall@50 by the age of the answer, in events since', 'age', byAge] as const,
  ];
  const measured = curves.flatMap(([name, xName, curve]) =>
    curve === undefined ? [] : [{ name, xName, curve }],
  );
  if (measured.length === 0) return html``;
  const charts = measured.map(({ name, xName, curve }) =>
    lineChart({ name, xName, points: curve.points.map(({ x, recall50 }) => ({ x, y: recall50 })) }),
  );
  const tables = measured.map(
    ({ xName, curve: { points, users, group } }) =>
      html`<table><tr><th>${xName}</th>${points.map(({ x }) => html`<th class="number">${x}</th>`)}</tr>
<tr><td>recall@50 <i>${users} users of ${group}</i></td>${points.map(({ recall50 }) => html`<td class="number">${recall50.toFixed(4)}</td>`)}</tr></table>`,
  );
  return html`<section><h2>What more interests give, and what age takes</h2><div class="charts">${charts}</div>${tables}</section>`;
}

/** Models beside each other: figures, and how far the interests of a user fall together. */
export function comparisonTables(comparisons: readonly Comparison[]): Markup[] {
  return comparisons.map((comparison) => {
    const { group, users, models, baseline } = comparison;
    const collapsed = models.filter(({ interests }) => interests !== undefined);
    return html`<section><h2>Beside its peers: ${group}, ${users} users</h2>
${table(
  [
    'model',
    'seeds',
    'recall@20',
    'NDCG@20',
    'recall@50',
    ...(baseline === null ? [] : [`recall@50 minus ${baseline}`]),
    'recall@50 of novel interests',
  ],
  models.map((model) => [
    model.name,
    model.seeds,
    ...['recall@20', 'ndcg@20', 'recall@50'].map((figure) => seeded(model, figure)),
    ...(baseline === null ? [] : [difference(model)]),
    seeded(model, 'novelRecall@50'),
  ]),
)}
${
  collapsed.length === 0
    ? ''
    : html`<h3>Do the interests of a user differ?</h3>${table(
        ['model', 'interests', 'unique', 'mean cosine', 'effective rank', 'overlap of lists', 'coverage'],
        collapsed.map(({ name, interests }) => [
          name,
          ...[
            interests!.interests,
            interests!.uniqueInterests,
            interests!.meanPairwiseCosine,
            interests!.effectiveRank,
            interests!.listJaccard,
            interests!.coverage,
          ].map(fixed),
        ]),
      )}`
}</section>`;
  });
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Markup {
  const cell = (value: string | number, column: number) =>
    column === 0 ? html`<td>${value}</td>` : html`<td class="number">${value}</td>`;
  return html`<table><tr>${head.map((name, column) => (column === 0 ? html`<th>${name}</th>` : html`<th class="number">${name}</th>`))}</tr>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</table>`;
}

function seeded(model: Model, figure: string): string {
  const value = model.masked[figure];
  if (value === undefined) return '–';
  return value.deviation > 0 ? `${fixed(value.mean)} ± ${fixed(value.deviation)}` : fixed(value.mean);
}

function difference({ differences }: Model): string {
  const found = differences['recall@50'];
  return found === undefined ? '–' : `${fixed(found.estimate)} [${fixed(found.low)}, ${fixed(found.high)}]`;
}

/** Undefined figures come back from JSON as null. */
function fixed(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(4);
}
