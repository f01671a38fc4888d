import { html, type Markup } from './html.js';

/** A line of a chart: points in ascending order of x. */
export interface Series {
  readonly name: string;
  /** What x counts; `step` if not given. */
  readonly xName?: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const WIDTH = 420;
const HEIGHT = 150;
const LEFT = 46;
const BOTTOM = 20;
const TOP = 8;
/** Points drawn of a line at most; more would not be seen. */
const MAX_POINTS = 400;

/** One line as an SVG drawing with its smallest and largest value at the axis. Empty markup for fewer than two points. */
export function lineChart({ name, points, xName = 'step' }: Series): Markup {
  const shown = thinned(points.filter(({ y }) => Number.isFinite(y)));
  const first = shown[0];
  const last = shown.at(-1);
  if (first === undefined || last === undefined || shown.length < 2) return html``;
  const values = shown.map(({ y }) => y);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const x = (value: number) => LEFT + ((value - first.x) / (last.x - first.x || 1)) * (WIDTH - LEFT - 6);
  const y = (value: number) => TOP + (1 - (value - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const path = shown.map(
    (point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`,
  );
  return html`<figure><figcaption>${name}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">
<line class="axis" x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH - 6}" y2="${HEIGHT - BOTTOM}"/>
<text x="${LEFT - 6}" y="${TOP + 8}" text-anchor="end">${short(high)}</text>
<text x="${LEFT - 6}" y="${HEIGHT - BOTTOM}" text-anchor="end">${short(low)}</text>
<text x="${LEFT}" y="${HEIGHT - 4}">${xName} ${first.x}</text>
<text x="${WIDTH - 6}" y="${HEIGHT - 4}" text-anchor="end">${last.x}</text>
<path d="${path.join(' ')}"/></svg></figure>`;
}

function thinned<T>(points: readonly T[]): T[] {
  const stride = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, index) => index % stride === 0 || index === points.length - 1);
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
