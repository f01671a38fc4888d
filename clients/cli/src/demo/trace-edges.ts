import type { TraceNode } from '@isthmus/chassis';

/**
 * Calls from one service to another in a trace, caller first, each once, in order of time. The edges are those of the tree
 * of spans: a call counts where the callee's span hangs below a span of the caller.
 */
export function traceEdges(root: TraceNode): [string, string][] {
  const edges = new Map<string, [string, string]>();
  const visit = (node: TraceNode): void => {
    for (const child of node.children) {
      const [from, to] = [node.span.service, child.span.service];
      if (from !== to) edges.set(`${from}\n${to}`, [from, to]);
      visit(child);
    }
  };
  visit(root);
  return [...edges.values()];
}
