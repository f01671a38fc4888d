import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProgramProgress } from '@isthmus/proof';
import type { CurvePoint } from './training-event.js';

/** Collects what a program says of itself while it trains. */
export interface CurveRecorder {
  add(step: number, progress: ProgramProgress): void;
  /** Writes the points since the last call to the checkpoint directory. */
  flush(): Promise<void>;
  points(): readonly CurvePoint[];
}

/**
 * A recorder that goes on from the points of before, up to `step`: a kill may have lost the segment that came after.
 * @param directory checkpoint directory; without it points are kept in memory only
 */
export async function curveRecorder(directory: string | undefined, step: number): Promise<CurveRecorder> {
  const path = directory === undefined ? undefined : join(directory, 'curve.jsonl');
  const points = path === undefined || step === 0 ? [] : await readPoints(path, step);
  let unwritten: CurvePoint[] = [];
  return {
    add(at, { phase, figures }) {
      if (points.at(-1)?.step === at) return;
      const point = { step: at, phase, figures };
      points.push(point);
      unwritten.push(point);
    },
    async flush() {
      const lines = unwritten.map((point) => `${JSON.stringify(point)}\n`).join('');
      unwritten = [];
      if (path === undefined || lines === '') return;
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, lines);
    },
    points: () => points,
  };
}

async function readPoints(path: string, step: number): Promise<CurvePoint[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const points = complete
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as CurvePoint]));
  // After a second resume the file holds some steps twice: the last one written counts.
  const byStep = new Map(points.filter((point) => point.step <= step).map((point) => [point.step, point]));
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}
