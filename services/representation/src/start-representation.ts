import { bindService, openModelHost, type ProgramContext, type ProgramParts } from '@isthmus/chassis';
import { prepareKernels } from '@isthmus/kernels';
import { RepresentationServiceService } from '@isthmus/proto/isthmus/representation/v1/representation.js';
import type { RepresentationConfiguration } from './configuration.js';
import { openRepresentationModel, type RepresentationModel } from './model/open-model.js';
import { batchRepresent } from './server/batch-represent.js';
import { represent } from './server/represent.js';
import type { RepresentationContext } from './server/representation-context.js';
import { scoreCausality } from './server/score-causality.js';

/** Starts the representation program: kernels, the registry's models, then the services. */
export async function startRepresentation(
  program: ProgramContext<RepresentationConfiguration>,
): Promise<ProgramParts> {
  await prepareKernels();
  const { host, binding } = await openModelHost<RepresentationModel>(program, 'representation', {
    open: async (files) => openRepresentationModel(files),
    warm: async (model) => {
      model.representUser({ indices: Uint32Array.of(0), items: Uint32Array.of(0) }, 0);
    },
    close: (model) => model.dispose(),
  });
  const context: RepresentationContext = { host, telemetry: program.telemetry };
  return {
    services: [
      bindService(RepresentationServiceService, {
        represent: (request, call) => represent(context, request, call),
        batchRepresent: (request, call) => batchRepresent(context, request, call),
        scoreCausality: (request, call) => scoreCausality(context, request, call),
      }),
    ],
    adminServices: [binding],
    ready: host.start(program.configuration.models),
  };
}
