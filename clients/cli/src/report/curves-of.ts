import type { Series } from './line-chart.js';
import type { CurvePoint } from './report-data.js';

/** A line for each figure of each phase that says something: a phase has its own loss, and a value that stays is no curve. */
export function curvesOf(curve: readonly CurvePoint[]): Series[] {
  const lines = new Map<string, { x: number; y: number }[]>();
  for (const { step, phase, figures } of curve)
    for (const [name, y] of Object.entries(figures)) {
      const title = `${name} (${phase})`;
      const points = lines.get(title) ?? [];
      points.push({ x: step, y });
      lines.set(title, points);
    }
  return [...lines]
    .map(([name, points]) => ({ name, points }))
    .filter(({ points }) => points.some(({ y }) => y !== points[0]?.y));
}
