import { join } from 'node:path';
import { ProofServiceClient } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { ProgramProcess } from '../support/program-process.js';
import { programDirectories } from '../support/small-mesh.js';
import type { SuiteMesh } from '../support/suite-mesh.js';
import { NoiseProver } from './announced-run.js';

/** An attestation program that is told to end while a client watches a run of it, once for each client. */
export class DrainingProgram {
  readonly address: string;
  readonly #mesh: SuiteMesh;
  #program: ProgramProcess;
  #ending: Promise<number> | undefined;

  private constructor(mesh: SuiteMesh, program: ProgramProcess) {
    this.#mesh = mesh;
    this.#program = program;
    this.address = program.address;
  }

  static async create(mesh: SuiteMesh): Promise<DrainingProgram> {
    return new DrainingProgram(mesh, await start(mesh));
  }

  /** Id of a new run to watch; the program serves again where it had ended. */
  async run(): Promise<string> {
    if (this.#ending !== undefined) {
      await this.#ending;
      this.#ending = undefined;
      this.#program = await start(this.#mesh, { 'server.address': this.address });
    }
    const client = this.#mesh.connect(ProofServiceClient, this.address, {
      // Not one that still waits to try the program of before again.
      channelOptions: { 'grpc.use_local_subchannel_pool': 1 },
    });
    const { run } = await client.startRun(new NoiseProver(this.#mesh.small.manifest).startRequest());
    client.close();
    return run?.id ?? '';
  }

  /** Asks the program to end. */
  drain(): void {
    this.#ending = this.#program.stop();
  }
}

function start(mesh: SuiteMesh, flags: Readonly<Record<string, string>> = {}): Promise<ProgramProcess> {
  return mesh.start('attestation', {
    'data.directory': join(mesh.directory, 'draining'),
    'programs.directories': programDirectories,
    ...flags,
  });
}
