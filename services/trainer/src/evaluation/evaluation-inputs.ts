import { type EvaluationTargets, encodeUserHistory } from '@isthmus/learning';
import type { Inputs, RecordInput } from '@isthmus/proof';

/**
 * The inputs of a run as they stand when its model is evaluated: a user whose evaluation brings a history of its own has that
 * one instead of the committed record. So a model sees it whether or not its program knows of such histories.
 */
export function evaluationInputs(inputs: Inputs, targets: readonly EvaluationTargets[]): Inputs {
  const histories = new Map<number, Uint8Array>();
  for (const { users } of targets)
    for (const { record, history } of users)
      if (history !== undefined) histories.set(record, encodeUserHistory(history));
  if (histories.size === 0) return inputs;
  const committed = inputs.records('interactions');
  const interactions: RecordInput = {
    size: committed.size,
    description: committed.description,
    read: (index) => histories.get(index) ?? committed.read(index),
  };
  return {
    records: (name) => (name === 'interactions' ? interactions : inputs.records(name)),
    artefact: (name) => inputs.artefact(name),
  };
}
