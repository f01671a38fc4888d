import type { TraceNode } from './trace-tree.js';

/** How a trace is drawn. */
export interface RenderOptions {
  /** Whether to colour by service. Default: where standard output is a terminal and NO_COLOR is not set. */
  readonly colour?: boolean;
  /** Width of the bars in characters. Default 28. */
  readonly barWidth?: number;
}

interface Line {
  readonly service: string;
  readonly label: string;
  readonly durationMs: number;
  /** Milliseconds after the start of the trace. */
  readonly startMs: number;
  readonly isError: boolean;
}

/** Foreground colours of services, in the order in which they appear. */
const palette = [36, 33, 35, 32, 34];

/**
 * Draws a trace: one line a span with its service, its place in the tree, its duration, and a bar that shows when it ran.
 *
 * ```text
 * ranker          rank                              12.4 ms  ████████████████████████████
 * ranker          └─ RetrievalService/Retrieve      11.9 ms  ████████████████████████████
 * retrieval          └─ RetrievalService/Retrieve   11.1 ms  ·███████████████████████████
 * ```
 */
export function renderTraceTree(root: TraceNode, options: RenderOptions = {}): string {
  const colour = options.colour ?? (process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
  const barWidth = options.barWidth ?? 28;
  const lines = collect(root, root.span.startNs, '', '', []);
  const totalMs = Math.max(...lines.map((line) => line.startMs + line.durationMs), 1e-6);
  const serviceWidth = Math.max(...lines.map((line) => line.service.length));
  const labelWidth = Math.max(...lines.map((line) => line.label.length));
  const services = [...new Set(lines.map((line) => line.service))];
  return lines
    .map((line) => {
      const paint = (text: string) => {
        const code = line.isError ? 31 : palette[services.indexOf(line.service) % palette.length];
        return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
      };
      const service = paint(line.service.padEnd(serviceWidth));
      const duration = `${line.durationMs.toFixed(1)} ms`.padStart(11);
      const mark = line.isError ? ' failed' : '';
      return `${service}  ${line.label.padEnd(labelWidth)} ${duration}  ${paint(bar(line, totalMs, barWidth))}${mark}`;
    })
    .join('\n');
}

function collect(node: TraceNode, originNs: bigint, lead: string, branch: string, lines: Line[]): Line[] {
  lines.push({
    service: node.span.service,
    label: `${lead}${branch}${shortName(node.span.name)}`,
    durationMs: node.span.durationMs,
    startMs: Number(node.span.startNs - originNs) / 1e6,
    isError: node.span.isError,
  });
  const deeper = branch === '' ? lead : `${lead}${branch === '└─ ' ? '   ' : '│  '}`;
  node.children.forEach((child, index) => {
    collect(child, originNs, deeper, index === node.children.length - 1 ? '└─ ' : '├─ ', lines);
  });
  return lines;
}

/** `Service/Method` of a full method name; other names as they are. */
function shortName(name: string): string {
  return name.replace(/^(?:[\w]+\.)+(\w+\/\w+)$/, '$1');
}

/** A bar at the place of the span in the whole trace, at least one mark wide. */
function bar(line: Line, totalMs: number, width: number): string {
  const start = Math.min(width - 1, Math.max(0, Math.floor((line.startMs / totalMs) * width)));
  const end = Math.min(width, Math.ceil(((line.startMs + line.durationMs) / totalMs) * width));
  const length = Math.max(1, end - start);
  return '·'.repeat(start) + '█'.repeat(length) + '·'.repeat(Math.max(0, width - start - length));
}
