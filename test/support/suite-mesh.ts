import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type ClientClass,
  type ClientOptions,
  type ConnectionSecurity,
  channelCredentialsOf,
  connect,
  fromStatusProto,
  type MeshIdentity,
  type MethodTable,
  meshRoles,
  meshTlsFiles,
  type ObjectStore,
  openObjectStore,
  roleNames,
  type ServiceClient,
  type TlsFiles,
  writeMeshCertificates,
} from '@isthmus/chassis';
import { LoadModelRequest, ModelServiceClient } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import type { Operation } from '@isthmus/proto/isthmus/model/v1/operation.js';
import type { TrainResult } from '@isthmus/trainer';
import { type ProgramFlags, type ProgramName, ProgramProcess } from './program-process.js';
import { freshDirectory } from './run-directory.js';
import { programDirectories, type SmallMesh, smallMesh } from './small-mesh.js';

/** A version of a model to load. */
export interface ModelToLoad {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly bundleDigest: string;
  readonly logProofDigest: string;
  readonly labels: string[];
}

/**
 * Programs of one suite, on the models that all suites share and on a database of their own. Whatever was started or
 * connected is ended by {@link remove}.
 */
export class SuiteMesh {
  readonly small: SmallMesh;
  /** `--data.directory` of the programs: they share its embedded PostgreSQL. */
  readonly directory: string;
  readonly objects: ObjectStore;
  readonly #programs: ProgramProcess[] = [];
  readonly #clients: { close(): void }[] = [];

  readonly #mutualTls: boolean;

  private constructor(small: SmallMesh, directory: string, mutualTls: boolean) {
    this.small = small;
    this.#mutualTls = mutualTls;
    this.directory = directory;
    this.objects = openObjectStore(small.objectsUrl);
  }

  /**
   * @param suite names the folder
   * @param mutualTls protects the programs with throw-away certificates; plain text otherwise
   */
  static async create(
    suite: string,
    { mutualTls = false }: { mutualTls?: boolean } = {},
  ): Promise<SuiteMesh> {
    const small = await smallMesh();
    const mesh = new SuiteMesh(small, await freshDirectory(suite), mutualTls);
    if (mutualTls) await writeMeshCertificates(mesh.#certificates, [], Date.now());
    return mesh;
  }

  /** Certificate, key and authority of somebody in a mesh with mutual TLS. */
  tlsFiles(identity: MeshIdentity): TlsFiles {
    return meshTlsFiles(this.#certificates, identity);
  }

  /** How somebody protects connections to this mesh. */
  security(identity: MeshIdentity): ConnectionSecurity {
    return this.#mutualTls ? this.tlsFiles(identity) : 'off';
  }

  get #certificates(): string {
    return join(this.directory, 'certificates');
  }

  /** The representation model, for {@link load}. */
  get representationModel(): ModelToLoad {
    return modelToLoad('ce-cdr', this.small.representation);
  }

  /** The retrieval model, for {@link load}. */
  get retrievalModel(): ModelToLoad {
    return modelToLoad('gemirec', this.small.retrieval);
  }

  /** Starts a serving program with admission `enforce`, unless the flags say otherwise. */
  start(name: ProgramName, flags: ProgramFlags = {}): Promise<ProgramProcess> {
    return this.#started(name, {
      'data.directory': this.directory,
      'admission.trustFile': this.small.trustFile,
      ...flags,
    });
  }

  /** Starts the attestation service on a copy of the folder in which the models were attested. */
  async startAttestation(flags: ProgramFlags = {}): Promise<ProgramProcess> {
    const directory = join(this.directory, 'attestation');
    // The database's files belong to another user under root: a copy has to keep their owner and mode.
    await promisify(execFile)('cp', ['-pR', this.small.attestationDirectory, directory]);
    return this.#started('attestation', {
      'data.directory': directory,
      'programs.directories': programDirectories,
      ...flags,
    });
  }

  /** Starts representation and retrieval with their models loaded. */
  async startServing(
    flags: ProgramFlags = {},
  ): Promise<{ readonly representation: ProgramProcess; readonly retrieval: ProgramProcess }> {
    const representation = await this.start('representation', flags);
    await this.load(representation, this.representationModel);
    const retrieval = await this.start('retrieval', {
      'representation.address': representation.address,
      ...flags,
    });
    await this.load(retrieval, this.retrievalModel);
    return { representation, retrieval };
  }

  /** A client, closed with the mesh. In a mesh with mutual TLS the options say who calls. */
  connect<Definition extends MethodTable>(
    clientClass: ClientClass<Definition>,
    address: string,
    options: Partial<ClientOptions> = {},
  ): ServiceClient<Definition> {
    const { credentials = this.#mutualTls ? undefined : 'plaintext' } = options;
    if (credentials === undefined)
      throw new Error('this mesh has mutual TLS: say who calls, { credentials }');
    const client = connect(clientClass, address, { ...options, credentials });
    this.#clients.push(client);
    return client;
  }

  /** Loads a model and waits until it answers. Throws the error of the call or of the operation. */
  async load(program: ProgramProcess, model: ModelToLoad): Promise<Operation> {
    const credentials = channelCredentialsOf(this.security('operator'), Date.now());
    const models = this.connect(ModelServiceClient, program.adminAddress, { credentials });
    const { operation } = await models.loadModel(LoadModelRequest.fromPartial(model));
    let last = operation;
    for await (const update of models.watchOperation({ id: operation?.id ?? '' })) last = update.operation;
    if (last === undefined) throw new Error('the server told nothing of the operation');
    if (last.error !== undefined) throw fromStatusProto(last.error);
    return last;
  }

  /** Ends clients and programs; others may be started after it. */
  async stopAll(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    for (const program of this.#programs.splice(0).reverse()) await program.stop();
  }

  /** Ends everything. The folder goes with that of the test run. */
  remove(): Promise<void> {
    return this.stopAll();
  }

  #protection(name: ProgramName): ProgramFlags {
    if (!this.#mutualTls) return {};
    const files = Object.entries(this.tlsFiles(name)).map(([option, file]) => [`tls.${option}`, file]);
    const roles = roleNames.map((role) => [`roles.${role}`, meshRoles[role].join(',')]);
    return Object.fromEntries([['tls.mode', 'mutual'], ...files, ...roles]);
  }

  async #started(name: ProgramName, flags: ProgramFlags): Promise<ProgramProcess> {
    const program = await ProgramProcess.start(name, {
      'objects.url': this.small.objectsUrl,
      'server.drainDelayMs': 0,
      'log.requests': 'errors',
      ...this.#protection(name),
      ...flags,
    });
    this.#programs.push(program);
    return program;
  }
}

function modelToLoad(name: string, { modelDigest, attestation }: TrainResult): ModelToLoad {
  const { bundleDigest = '', logProofDigest = '' } = attestation ?? {};
  return { name, version: '1', digest: modelDigest, bundleDigest, logProofDigest, labels: ['stable'] };
}
