import type { DistributionEvent } from './distribute-model.js';
import type { ModelName } from './model-source.js';

/** What happens on the way of a model, in a line for people. */
export function distributionLine({ name, version }: ModelName, event: DistributionEvent): string {
  switch (event.event) {
    case 'object':
      return `${event.outcome.padEnd(8)} ${event.part.sha256.slice(0, 12)} ${event.part.what}, ${event.part.sizeBytes.toLocaleString('en')} bytes`;
    case 'load':
      return `${event.address}: ${event.stage}`;
    case 'replicas': {
      const what = event.label === '' ? 'have it ready' : `answer ${event.label} with it`;
      return `${name} ${version}: ${event.ready} of ${event.total} replicas ${what}`;
    }
    case 'label': {
      const { label, from, to } = event;
      if (from === to) return `${label} points at ${name} ${to} already`;
      return from === ''
        ? `${label} points at ${name} ${to}`
        : `${label} moved from ${name} ${from} to ${to}`;
    }
  }
}
