import type { CallContext } from '@isthmus/chassis';
import type {
  ScoreCausalityRequest,
  ScoreCausalityResponse,
} from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { encodeMatrix, encodeVector } from './encode-vector.js';
import { readQuestion } from './read-question.js';
import type { RepresentationContext } from './representation-context.js';

/** The probability that each source event caused a preference for each target item. Unknown targets have zero rows. */
export async function scoreCausality(
  { host, telemetry }: RepresentationContext,
  request: ScoreCausalityRequest,
  _call: CallContext,
): Promise<ScoreCausalityResponse> {
  const lease = host.acquire(request.model);
  try {
    const { model } = lease;
    const used = readQuestion(request, model);
    const columns = used.items.length;
    const rows: number[] = [];
    const known: number[] = [];
    const unknownItemIds: string[] = [];
    request.targetItemIds.forEach((itemId, row) => {
      const item = model.itemIndex(model.targetDomain, itemId);
      if (item === undefined) unknownItemIds.push(itemId);
      else {
        rows.push(row);
        known.push(item);
      }
    });
    const scores = telemetry.span(
      'score_causality',
      { 'isthmus.events': columns, 'isthmus.items': known.length },
      () => model.scoreCausality(used, known),
    );
    const probabilities = new Float32Array(request.targetItemIds.length * columns);
    const gates = new Float32Array(request.targetItemIds.length);
    rows.forEach((row, place) => {
      probabilities.set(scores.probabilities.subarray(place * columns, (place + 1) * columns), row * columns);
      gates[row] = scores.gates[place] ?? 0;
    });
    return {
      model: lease.identity,
      eventIndices: Array.from(used.indices),
      probabilities: encodeMatrix(probabilities, request.targetItemIds.length, columns),
      gates: encodeVector(gates),
      unknownItemIds,
    };
  } finally {
    lease.release();
  }
}
