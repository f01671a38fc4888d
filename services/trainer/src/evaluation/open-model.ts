import type { ObjectStore } from '@isthmus/chassis';
import type { EvaluationTargets } from '@isthmus/learning';
import type { ClickModel, Inputs, ModelFiles, Recommender } from '@isthmus/proof';
import { type InputReferences, openArtefact, openInputs } from '../inputs/open-inputs.js';
import { loadProgram } from '../program/load-program.js';
import { evaluationInputs } from './evaluation-inputs.js';

/** A trained model of a program, opened for evaluation. */
export interface OpenModel {
  readonly program: { readonly name: string; readonly version: string; readonly digest: string };
  readonly modelDigest: string;
  readonly inputs: Inputs;
  /** Undefined where the program makes no recommenders. */
  readonly recommender: Recommender | undefined;
  /** Undefined where the program makes no click models. */
  readonly clickModel: ClickModel | undefined;
}

/** A model and what it was trained with, by digests. */
export interface ModelReference {
  /** SHA-256 of the program's bundle. */
  readonly programDigest: string;
  /** SHA-256 of the model's file list. */
  readonly modelDigest: string;
  readonly inputs: InputReferences;
}

/**
 * Opens a model with the program that trained it, on the inputs that it was trained with.
 * @param targets users whose histories at evaluation are others than the committed ones, see `evaluationInputs`
 */
export async function openModel(
  objects: ObjectStore,
  reference: ModelReference,
  targets: readonly EvaluationTargets[] = [],
): Promise<OpenModel> {
  const { bundle, digest } = await loadProgram(
    await objects.get(reference.programDigest),
    reference.programDigest,
  );
  const opened = await openInputs(objects, reference.inputs);
  const inputs = evaluationInputs(opened.inputs, targets);
  const artefact = await openArtefact(objects, reference.modelDigest);
  const files: ModelFiles = new Map(artefact.names.map((name) => [name, artefact.file(name)]));
  return {
    program: { name: bundle.program.name, version: bundle.program.version, digest },
    modelDigest: reference.modelDigest,
    inputs,
    recommender: bundle.openRecommender?.(files, inputs),
    clickModel: bundle.openClickModel?.(files, inputs),
  };
}
