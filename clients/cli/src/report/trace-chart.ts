import { html, type Markup } from './html.js';
import type { TraceSpan } from './report-data.js';

/** The trace as rows: service and name indented by depth, a bar where in the call the time went. */
export function traceChart(root: TraceSpan): Markup {
  const total = Math.max(root.durationMs, 0.001);
  return html`<table class="trace">${rows(root, 0, total)}</table>`;
}

function rows(span: TraceSpan, depth: number, totalMs: number): Markup[] {
  const left = percent(span.startMs / totalMs);
  const width = percent(Math.max(span.durationMs / totalMs, 0.004));
  const row = html`<tr><td style="padding-left:${depth * 1.2}rem"><b>${span.service}</b> ${shortName(span.name)}</td>
<td class="number">${span.durationMs.toFixed(2)} ms</td>
<td class="lane"><span class="bar" style="margin-left:${left};width:${width}"></span></td></tr>`;
  return [row, ...span.children.flatMap((child) => rows(child, depth + 1, totalMs))];
}

/** `Service/Method` of a full method name; other names as they are. */
function shortName(name: string): string {
  return name.replace(/^(?:\w+\.)+(\w+\/\w+)$/, '$1');
}

function percent(share: number): string {
  return `${(100 * Math.min(Math.max(share, 0), 1)).toFixed(2)}%`;
}
