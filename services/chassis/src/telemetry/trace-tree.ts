import type { CollectedSpan } from './otlp-json.js';

/** A span with the spans that it encloses, by start. */
export interface TraceNode {
  readonly span: CollectedSpan;
  readonly children: readonly TraceNode[];
}

/**
 * Makes one tree of the spans of a trace. The root is the earliest span without a parent; spans whose parent was not
 * received hang below it, so that nothing is lost. Throws where there are no spans.
 */
export function traceTree(spans: readonly CollectedSpan[]): TraceNode {
  const ordered = [...new Map(spans.map((span) => [span.spanId, span])).values()].sort((a, b) =>
    a.startNs < b.startNs ? -1 : a.startNs > b.startNs ? 1 : 0,
  );
  const ids = new Set(ordered.map((span) => span.spanId));
  const root =
    ordered.find((span) => span.parentSpanId === undefined) ??
    ordered.find((span) => !ids.has(span.parentSpanId ?? ''));
  if (!root) throw new Error('The trace has no spans');
  const children = new Map<string, CollectedSpan[]>();
  for (const span of ordered) {
    if (span === root) continue;
    const parent =
      span.parentSpanId !== undefined && ids.has(span.parentSpanId) ? span.parentSpanId : root.spanId;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const grow = (span: CollectedSpan): TraceNode => ({
    span,
    children: (children.get(span.spanId) ?? []).map(grow),
  });
  return grow(root);
}

/** Pairs of parent and child that cross from one service to another, `retrieval → representation`, in order of time. */
export function serviceEdges(node: TraceNode): string[] {
  const below = node.children.flatMap((child) => [
    ...(child.span.service === node.span.service ? [] : [`${node.span.service} → ${child.span.service}`]),
    ...serviceEdges(child),
  ]);
  return [...new Set(below)];
}
