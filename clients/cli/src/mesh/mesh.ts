import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ConnectionSecurity,
  ensureMeshCertificates,
  type MeshIdentity,
  meshRoles,
  meshTlsFiles,
  roleNames,
} from '@isthmus/chassis';
import { meshLayout } from './layout.js';
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
  /** Serves plain text to everybody instead of TLS to those who have a certificate and a role. Default false. */
  readonly insecure?: boolean;
  /** What a serving program does with a model that is not attested. Default `enforce`. */
  readonly admission?: 'off' | 'warn' | 'enforce';
}

/** A mesh of three programs on one machine, each a process of its own. */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #running: RunningProgram[] = [];
  #certificates: Promise<void> | undefined;

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

  /** How a caller of this mesh protects its connections when it acts as `identity`. */
  security(identity: MeshIdentity): ConnectionSecurity {
    return this.#options.insecure === true ? 'off' : meshTlsFiles(this.#certificatesDirectory, identity);
  }

  /** Stops what was started, last first. */
  async stop(): Promise<void> {
    for (const program of this.#running.splice(0).reverse()) await program.stop();
  }

  get #certificatesDirectory(): string {
    return meshLayout(this.#options.directory).certificatesDirectory;
  }

  /** Flags that protect a program, after the certificates have been made. */
  async #protection(name: RunningProgram['name']): Promise<Record<string, string>> {
    if (this.#options.insecure === true) return { 'tls.mode': 'off' };
    const { host } = this.#options;
    this.#certificates ??= ensureMeshCertificates(
      this.#certificatesDirectory,
      host === undefined ? [] : [host],
      Date.now(),
    );
    await this.#certificates;
    const files = Object.entries(meshTlsFiles(this.#certificatesDirectory, name));
    return Object.fromEntries([
      ...files.map(([option, file]) => [`tls.${option}`, file]),
      ...roleNames.map((role) => [`roles.${role}`, meshRoles[role].join(',')]),
    ]);
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
      ...(await this.#protection(name)),
      ...own,
    };
    const program = named(await startProgram(name, flags, join(logs, `${name}.log`)));
    this.#running.push(program);
    return program;
  }
}

/** By name rather than by number, where it can be: TLS (RFC 6066, section 3) announces names only. */
function named(program: RunningProgram): RunningProgram {
  const byName = (address: string) => address.replace(/^127\.0\.0\.1:/, 'localhost:');
  return { ...program, address: byName(program.address), adminAddress: byName(program.adminAddress) };
}

/** Where the training programs of this checkout are: what may be replayed here. */
function programDirectories(): string[] {
  return ['representation', 'retrieval'].map((service) =>
    fileURLToPath(new URL(`../../../../services/${service}/dist/programs`, import.meta.url)),
  );
}
