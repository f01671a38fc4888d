import { html, type Markup } from '../html.js';

const WIDTH = 420;
const HEIGHT = 110;
const LEFT = 34;
const BOTTOM = 16;

/** Items of each code of a level, fullest first, as bars; the line is what each would hold if all held as many. */
export function occupancyChart(level: number, occupancy: readonly number[]): Markup {
  const sorted = occupancy.toSorted((a, b) => b - a);
  const most = Math.max(1, sorted[0] ?? 0);
  const mean = occupancy.reduce((sum, count) => sum + count, 0) / Math.max(1, occupancy.length);
  const width = (WIDTH - LEFT) / Math.max(1, sorted.length);
  const height = (count: number) => (count / most) * (HEIGHT - BOTTOM - 6);
  const y = (count: number) => (HEIGHT - BOTTOM - height(count)).toFixed(1);
  const bars = sorted.map(
    (count, place) =>
      html`<rect class="fill" x="${(LEFT + place * width).toFixed(1)}" y="${y(count)}" width="${Math.max(0.4, width - 0.6).toFixed(2)}" height="${height(count).toFixed(1)}"/>`,
  );
  return html`<figure><figcaption>level ${level}: items of each of ${occupancy.length} codes, fullest first</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="items of each code of level ${level}">${bars}
<line class="axis" x1="${LEFT}" y1="${y(mean)}" x2="${WIDTH}" y2="${y(mean)}" stroke-dasharray="3 3"/>
<line class="axis" x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH}" y2="${HEIGHT - BOTTOM}"/>
<text x="${LEFT - 4}" y="12" text-anchor="end">${most}</text>
<text x="${LEFT - 4}" y="${HEIGHT - BOTTOM}" text-anchor="end">0</text></svg></figure>`;
}
