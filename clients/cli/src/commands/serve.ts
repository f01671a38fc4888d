import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { loadModel } from '../mesh/load-model.js';
import { Mesh } from '../mesh/mesh.js';
import { newestModels, readPublishedModels } from '../mesh/published-models.js';
import { textTable } from '../text-table.js';
import type { Command } from './command-context.js';

/** Options of `isthmus serve`. */
export interface ServeOptions {
  readonly directory: string;
  readonly host: string;
  readonly attestationPort: number;
  readonly representationPort: number;
  readonly retrievalPort: number;
  readonly admission: 'off' | 'warn' | 'enforce';
  readonly otlpEndpoint?: string;
  /** Plain text for everybody. */
  readonly insecure?: boolean;
}

/** Ports that the commands try where none is named. */
export const defaultPorts = { representation: 7401, retrieval: 7402, attestation: 7403 } as const;

/** Starts the mesh of a folder, loads its published models, and runs until Ctrl-C. */
export const serve: Command<ServeOptions> = async (options, { output, signal }) => {
  const layout = meshLayout(options.directory);
  const mesh = new Mesh({
    directory: layout.directory,
    host: options.host,
    ports: {
      attestation: options.attestationPort,
      representation: options.representationPort,
      retrieval: options.retrievalPort,
    },
    admission: options.admission,
    insecure: options.insecure === true,
    ...(options.otlpEndpoint === undefined ? {} : { otlpEndpoint: options.otlpEndpoint }),
  });
  try {
    const attestation = await mesh.startAttestation();
    const representation = await mesh.startRepresentation();
    const retrieval = await mesh.startRetrieval(representation.address);
    const programs = { attestation, representation, retrieval };
    for (const line of textTable([
      ['service', 'address', 'admin'],
      ...Object.values(programs).map(({ name, address, adminAddress }) => [name, address, adminAddress]),
    ]))
      output.line(line);
    const models = newestModels(await readPublishedModels(layout));
    for (const model of models) {
      const { adminAddress } = programs[model.service];
      await loadModel({ address: adminAddress, security: mesh.security('operator') }, model, signal);
      output.line(`${model.service} serves ${model.name} ${model.version}`);
    }
    if (models.length === 0) output.line('no model is published yet: see `isthmus train --help`');
    if (options.insecure !== true) output.line(`certificates of callers: ${layout.certificatesDirectory}`);
    output.line('Ctrl-C stops the mesh');
    output.result({
      event: 'serving',
      directory: layout.directory,
      programs: Object.fromEntries(
        Object.values(programs).map(({ name, address, adminAddress, pid }) => [
          name,
          { address, adminAddress, pid },
        ]),
      ),
      models: models.map(({ service, name, version, digest }) => ({ service, name, version, digest })),
    });
    await aborted(signal);
    return exitCode.ok;
  } finally {
    await mesh.stop();
  }
};

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
