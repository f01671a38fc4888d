import type { RetrievalReportData } from '@isthmus/trainer';
import { curvesOf } from '../curves-of.js';
import { html, type Markup } from '../html.js';
import { lineChart } from '../line-chart.js';
import { style } from '../report-style.js';
import { comparisonTables, measuredCurves } from './comparison-section.js';
import { dictionarySection } from './dictionary-section.js';
import { transitionMap } from './transition-map.js';
import { userSection } from './user-section.js';

/** The report on a retrieval model as one HTML page that needs nothing else: no script, no font, no picture from outside. */
export function renderRetrievalReport(data: RetrievalReportData): string {
  const { program, training, dictionary, transitions } = data;
  const title = `${program.name}: ${data.data.targetDomain}`;
  const nameOf = interestNames(data);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head><body>
<header><h1>${title}</h1><p>${data.date} · ${data.machine}</p>
<p>${count(data.data.users)} users, ${count(data.data.items)} items, ${count(data.data.events)} events of ${data.data.domains.join(' and ')};
recommends from <b>${data.data.targetDomain}</b>. Model <code>${data.modelDigest}</code>.</p></header>
<section><h2>Training</h2>${trainingFigures(data)}<div class="charts">${curvesOf(training.curve).map(lineChart)}</div></section>
${dictionary === undefined ? '' : dictionarySection(dictionary)}
${
  transitions === undefined || transitions.codes.length === 0
    ? ''
    : html`<section><h2>From interest to interest</h2>
<p>How often a history goes from an item of one interest straight to an item of another, from row to column, among the
${transitions.codes.length} interests with most events (${count(transitions.total)} steps in all). The darker, the larger the share.</p>
${transitionMap(transitions, nameOf)}</section>`
}
${measuredCurves(data)}
${comparisonTables(data.comparisons)}
${data.user === undefined ? '' : userSection(data.user)}
<footer>The model is our reconstruction of GemiRec from its abstract and published summaries. Every figure on this page was measured from
the model and the data that it names.</footer>
</body></html>
`.text;
}

function trainingFigures({ training, program }: RetrievalReportData): Markup {
  const figures = Object.entries(training.figures).filter(([, value]) => Number.isFinite(value));
  return html`<dl><dt>program</dt><dd>${program.name} ${program.version}, <code>${program.digest}</code></dd>
<dt>run</dt><dd>${count(training.steps)} steps in ${count(training.segments)} segments, ${training.cpuSeconds.toFixed(1)} s of processor time</dd>
<dt>proof</dt><dd>${training.assurance ?? 'none'}, ${training.mode}</dd>
${figures.map(([name, value]) => html`<dt>${name}</dt><dd>${value.toPrecision(4)}</dd>`)}</dl>`;
}

/** Interests by number and what most of their items are. */
function interestNames({ dictionary }: RetrievalReportData): (code: number) => string {
  const categories = new Map(dictionary?.codes.map(({ code, category }) => [code, category]));
  return (code) => [code, categories.get(code)].filter((part) => part !== undefined && part !== '').join(' ');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
