import type { RetrievalReportData } from '@isthmus/trainer';
import { html, type Markup } from '../html.js';
import { occupancyChart } from './occupancy-chart.js';

type DictionaryMap = NonNullable<RetrievalReportData['dictionary']>;

/** The interest dictionary: how its codes are used, and what those of the first level hold. */
export function dictionarySection({ levels, codes, items, tuples, ownedTuples }: DictionaryMap): Markup {
  const rows = levels.map(
    ({ codes, perplexity, dead }, level) =>
      html`<tr><td>${level + 1}</td><td class="number">${codes}</td><td class="number">${perplexity.toFixed(1)}</td>
<td class="number">${((100 * perplexity) / codes).toFixed(0)} %</td><td class="number">${dead}</td></tr>`,
  );
  return html`<section><h2>The dictionary of interests</h2>
<p>${items.toLocaleString('en')} items in ${ownedTuples} of ${tuples.toLocaleString('en')} interests.</p>
<table><tr><th>level</th><th class="number">codes</th><th class="number">perplexity</th><th class="number">of the codes</th><th class="number">dead codes</th></tr>${rows}</table>
<div class="charts">${levels.map(({ occupancy }, level) => occupancyChart(level + 1, occupancy))}</div>
<h3>Codes of the first level</h3>
<table><tr><th>code</th><th class="number">items</th><th>most are</th><th>best known items</th></tr>${codes.map(
    ({ code, items: held, category, categoryShare, examples }) =>
      html`<tr><td>${code}</td><td class="number">${held}</td>
<td>${category === '' ? '' : html`${category} <i>${(100 * categoryShare).toFixed(0)} %</i>`}</td>
<td>${examples.map((example) => html`<span class="cause">${example.itemId} <i>${example.category}</i></span> `)}</td></tr>`,
  )}</table></section>`;
}
