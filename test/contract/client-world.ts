import { ContractWorld } from './contract-world.js';
import { DrainingProgram } from './draining-program.js';
import { GuardedMesh } from './guarded-mesh.js';

/** What the cases for clients are about: the programs in plain text, under mutual TLS, and one that ends. */
export interface ClientWorld {
  readonly contract: ContractWorld;
  readonly guarded: GuardedMesh;
  readonly draining: DrainingProgram;
  /** Ends everything. */
  remove(): Promise<void>;
}

/** Starts all of it. */
export async function createClientWorld(): Promise<ClientWorld> {
  const contract = await ContractWorld.create();
  try {
    const guarded = await GuardedMesh.create();
    const draining = await DrainingProgram.create(contract.mesh);
    return {
      contract,
      guarded,
      draining,
      async remove() {
        await guarded.mesh.remove();
        await contract.mesh.remove();
      },
    };
  } catch (error) {
    await contract.mesh.remove();
    throw error;
  }
}
