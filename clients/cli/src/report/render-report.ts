import { curvesOf } from './curves-of.js';
import { html, type Markup } from './html.js';
import { lineChart } from './line-chart.js';
import type { EvaluationSummary, RecommendationSummary, ReportData, RunSummary } from './report-data.js';
import { style } from './report-style.js';
import { traceChart } from './trace-chart.js';

/** The report of a demo as one HTML page that needs nothing else: no script, no font, no picture from outside. */
export function renderReport(data: ReportData): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${data.title}</title><style>${style}</style></head><body>
<header><h1>${data.title}</h1>
<p>${data.date} · ${data.machine}</p>
<p>${data.data.name}: ${count(data.data.users)} users, ${count(data.data.items)} items, ${count(data.data.events)} events;
from <b>${data.data.sourceDomain}</b> to <b>${data.data.targetDomain}</b>. Held out: the next event of
${count(data.data.warmUsers)} known users and the whole ${data.data.targetDomain} history of ${count(data.data.coldUsers)} others.</p></header>
<section><h2>One answer, explained</h2>${recommendation(data.recommendation)}</section>
<section><h2>Where the time of the call went</h2>${traceChart(data.trace)}</section>
<section><h2>How good the models are on held-out events</h2>${evaluation(data.evaluation)}</section>
<section><h2>How the models came to be</h2>${data.runs.map(run)}</section>
<section><h2>What happened to an altered model</h2>
<p>One bit of <code>${data.refusal.file}</code> was flipped. The service answered <code>${data.refusal.code}</code>,
<code>${data.refusal.reason}</code>:</p><blockquote>${data.refusal.message}</blockquote></section>
<footer>The models are our reconstructions of GemiRec and CE-CDR from their abstracts and published summaries; the proof is our
rebuilding of proof-of-learning. Every figure on this page was measured by the run that wrote it.</footer>
</body></html>
`.text;
}

function recommendation({ history, interests, hits }: RecommendationSummary): Markup {
  return html`<div class="columns"><div><h3>History</h3><ol>${history.map(
    ({ domain, itemId, note }) => html`<li><b>${domain}</b> ${itemId} <i>${note}</i></li>`,
  )}</ol></div>
<div><h3>Interests</h3><table><tr><th>interest</th><th class="number">probability</th><th>from</th><th>stands for</th></tr>${interests.map(
    ({ id, probability, generated, examples }) =>
      html`<tr><td>${id}</td><td class="number">${probability.toFixed(3)}</td><td>${generated ? 'generated' : 'history'}</td><td>${examples.join(', ')}</td></tr>`,
  )}</table></div></div>
<h3>Candidates</h3><table><tr><th></th><th>item</th><th class="number">score</th><th>interest</th><th>caused by</th></tr>${hits.map(
    (hit, rank) => html`<tr><td class="number">${rank + 1}</td><td>${hit.itemId} <i>${hit.note}</i></td>
<td class="number">${hit.score.toFixed(3)}</td><td>${hit.interestId}</td>
<td>${hit.causes.map(({ itemId, note, probability }) => html`<span class="cause">${itemId} <i>${note}</i> ${probability.toFixed(2)}</span> `)}</td></tr>`,
  )}</table>`;
}

function evaluation({ retrieval, auc }: EvaluationSummary): Markup {
  return html`<table><tr><th>retrieval</th><th class="number">recall@50, known users</th><th class="number">NDCG@20, known users</th><th class="number">recall@50, new users</th></tr>${retrieval.map(
    (row) => html`<tr><td>${row.model}</td><td class="number">${row.warmRecall50.toFixed(4)}</td>
<td class="number">${row.warmNdcg20.toFixed(4)}</td><td class="number">${row.coldRecall50?.toFixed(4) ?? '–'}</td></tr>`,
  )}</table>
<table><tr><th>click model</th><th class="number">AUC, mean over ${auc.seeds} ${auc.seeds === 1 ? 'seed' : 'seeds'}</th></tr>
<tr><td>target domain only</td><td class="number">${auc.targetOnly.toFixed(4)}</td></tr>
<tr><td>with the cross-domain representation</td><td class="number">${auc.representation.toFixed(4)}</td></tr></table>`;
}

function run(summary: RunSummary): Markup {
  const charts = curvesOf(summary.curve).map(lineChart);
  return html`<h3>${summary.program}</h3><div class="charts">${charts}</div>
<dl><dt>proof</dt><dd>${summary.assurance}, ${summary.mode}: ${summary.replayedSegments} of ${summary.segments} segments replayed bit for bit
(trained in ${summary.trainingSeconds.toFixed(1)} s over ${count(summary.steps)} steps, replayed in ${summary.replaySeconds.toFixed(1)} s)</dd>
<dt>attestation</dt><dd><code>${summary.attestationId}</code>, entry ${summary.logIndex} of the log</dd>
<dt>model</dt><dd><code>${summary.modelDigest}</code></dd><dt>program</dt><dd><code>${summary.programDigest}</code></dd></dl>`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
