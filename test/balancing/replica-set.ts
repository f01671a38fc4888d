import { randomBytes } from 'node:crypto';
import type { ProgramFlags, ProgramProcess } from '../support/program-process.js';
import type { SuiteMesh } from '../support/suite-mesh.js';
import { HeadlessName } from './headless-name.js';

/** A replica as the cluster has one: a process with an address of its own, on the port of all. */
export interface Replica {
  readonly host: string;
  readonly program: ProgramProcess;
}

/** Replicas of retrieval with one database and the model of the small mesh, and the name that resolves to those that are ready. */
export class ReplicaSet {
  readonly mesh: SuiteMesh;
  readonly name: HeadlessName;
  /** Port of every replica. */
  readonly port: number;
  readonly #flags: ProgramFlags;
  #started = 0;

  private constructor(mesh: SuiteMesh, name: HeadlessName, port: number, flags: ProgramFlags) {
    this.mesh = mesh;
    this.name = name;
    this.port = port;
    this.#flags = flags;
  }

  /**
   * Makes a set without replicas, and loads the model into the registry that they will share.
   * @param flags of every replica
   */
  static async create(mesh: SuiteMesh, flags: ProgramFlags): Promise<ReplicaSet> {
    // The port that it takes is the replicas' when it has ended.
    const loader = await mesh.start('retrieval', { 'server.address': `${hostOf(0)}:0` });
    await mesh.load(loader, mesh.retrievalModel);
    await loader.stop();
    const name = await HeadlessName.start(
      `retrieval-${randomBytes(4).toString('hex')}.mesh.svc.cluster.local`,
    );
    return new ReplicaSet(mesh, name, Number(loader.address.split(':').at(-1)), flags);
  }

  /** Starts another replica and resolves when it serves. Nobody finds it before {@link publish}. */
  async add(): Promise<Replica> {
    const host = hostOf(this.#started++);
    const program = await this.mesh.start('retrieval', {
      'log.requests': 'all',
      ...this.#flags,
      'server.address': `${host}:${this.port}`,
    });
    return { host, program };
  }

  /** Lets the name resolve to these replicas. */
  publish(...replicas: readonly Replica[]): void {
    this.name.resolveTo(replicas.map(({ host }) => host));
  }

  async remove(): Promise<void> {
    this.name.close();
    await this.mesh.remove();
  }
}

/** Addresses of loopback besides 127.0.0.1, as Linux has them without being asked. */
function hostOf(replica: number): string {
  return `127.0.0.${replica + 2}`;
}
