import { html, type Markup } from '../html.js';

/** Interests and how often each follows each: see the trainer's report data. */
export interface TransitionMap {
  readonly codes: readonly number[];
  readonly counts: readonly (readonly number[])[];
}

const CELL = 17;
const LEFT = 120;
const TOP = 34;

/** From row to column; the darker, the larger the share of what follows the row's interest. */
export function transitionMap({ codes, counts }: TransitionMap, nameOf: (code: number) => string): Markup {
  const size = codes.length * CELL;
  const cells = counts.flatMap((row, from) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, to) => {
      const share = total === 0 ? 0 : count / total;
      return html`<rect class="fill" x="${LEFT + to * CELL}" y="${TOP + from * CELL}" width="${CELL - 1}" height="${CELL - 1}" fill-opacity="${(0.04 + 0.96 * Math.sqrt(share)).toFixed(3)}"><title>${nameOf(codes[from]!)} → ${nameOf(codes[to]!)}: ${count} times, ${(100 * share).toFixed(1)} %</title></rect>`;
    });
  });
  const rows = codes.map(
    (code, place) =>
      html`<text x="${LEFT - 6}" y="${TOP + place * CELL + 12}" text-anchor="end">${shortened(nameOf(code))}</text>`,
  );
  const columns = codes.map(
    (code, place) =>
      html`<text x="${LEFT + place * CELL + CELL / 2}" y="${TOP - 6}" text-anchor="middle">${code}</text>`,
  );
  return html`<svg viewBox="0 0 ${LEFT + size} ${TOP + size}" style="max-width:${LEFT + size + 120}px" role="img" aria-label="transitions between interests, from row to column">${cells}${rows}${columns}</svg>`;
}

function shortened(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name;
}
