import { loadModel } from '../mesh/load-model.js';
import type { RunningProgram } from '../mesh/program-process.js';
import type { PublishedModel } from '../mesh/published-models.js';
import type { DemoContext } from './demo-context.js';

/** The two serving programs of a mesh. */
export interface ServingPrograms {
  readonly representation: RunningProgram;
  readonly retrieval: RunningProgram;
}

/** Starts both serving programs with admission `enforce` and has each load its model. */
export async function startServices(
  { mesh, narrator, signal }: DemoContext,
  models: readonly PublishedModel[],
): Promise<ServingPrograms> {
  narrator.chapter('Three services');
  const representation = await mesh.startRepresentation();
  const retrieval = await mesh.startRetrieval(representation.address);
  const programs = { representation, retrieval };
  for (const model of models) {
    const { address, adminAddress } = programs[model.service];
    await loadModel({ address: adminAddress, security: mesh.security('operator') }, model, signal);
    narrator.say(
      `${model.service.padEnd(14)} ${address}  serves ${model.name} ${model.version}, after checking attestation ${model.attestationId.slice(0, 12)}…`,
    );
  }
  return programs;
}
