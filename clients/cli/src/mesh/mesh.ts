import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from './program-process.js';

/** How a mesh on one machine is laid out. */
export interface MeshOptions {
  /** Folder of databases, objects, keys and logs; made where it is missing. */
  readonly directory: string;
  /** Address to bind; default loopback. */
  readonly host?: string;
  /** Port of each program; 0 or nothing takes a free one. */
  readonly ports?: {
    readonly attestation?: number;
    readonly representation?: number;
    readonly retrieval?: number;
  };
  /** OTLP/HTTP endpoint that the programs send traces to. */
  readonly otlpEndpoint?: string;
  /** What a serving program does with a model that is not attested. Default `enforce`. */
  readonly admission?: 'off' | 'warn' | 'enforce';
}

/** A mesh of three programs on one machine, each a process of its own. */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #running: RunningProgram[] = [];

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** Folder of the mesh. */
  get directory(): string {
    return this.#options.directory;
  }

  /** Starts the attestation service. It comes first: the others read its keys. */
  startAttestation(): Promise<RunningProgram> {
    return this.#start('attestation', { 'programs.directories': programDirectories().join(',') });
  }

  /** Starts the representation service. */
  startRepresentation(): Promise<RunningProgram> {
    return this.#start('representation', this.#admission());
  }

  /** Starts a retrieval service that asks the given representation service; without one it answers alone. */
  startRetrieval(representationAddress?: string): Promise<RunningProgram> {
    return this.#start('retrieval', {
      ...this.#admission(),
      ...(representationAddress === undefined ? {} : { 'representation.address': representationAddress }),
    });
  }

  /** Stops what was started, last first. */
  async stop(): Promise<void> {
    for (const program of this.#running.splice(0).reverse()) await program.stop();
  }

  #admission(): Record<string, string> {
    return {
      'admission.mode': this.#options.admission ?? 'enforce',
      'admission.trustFile': join(this.#options.directory, 'trust.json'),
    };
  }

  async #start(name: RunningProgram['name'], own: Record<string, string>): Promise<RunningProgram> {
    const { directory, host = '127.0.0.1', ports, otlpEndpoint } = this.#options;
    const logs = join(directory, 'logs');
    await mkdir(logs, { recursive: true });
    const flags = {
      'data.directory': directory,
      'server.address': `${host}:${ports?.[name] ?? 0}`,
      'admin.address': `${host}:0`,
      ...(otlpEndpoint === undefined ? {} : { 'telemetry.otlpEndpoint': otlpEndpoint }),
      ...own,
    };
    const program = await startProgram(name, flags, join(logs, `${name}.log`));
    this.#running.push(program);
    return program;
  }
}

/** Where the training programs of this checkout are: what may be replayed here. */
function programDirectories(): string[] {
  return ['representation', 'retrieval'].map((service) =>
    fileURLToPath(new URL(`../../../../services/${service}/dist/programs`, import.meta.url)),
  );
}
