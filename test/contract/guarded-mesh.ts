import type { MeshIdentity, TlsFiles } from '@isthmus/chassis';
import { SuiteMesh } from '../support/suite-mesh.js';
import type { Port } from './contract-world.js';

/** A caller of the guarded mesh; `nobody` knows the authority and has no certificate. */
export type GuardedCaller = MeshIdentity | 'nobody';

/** Files of a caller as the cases tell them to clients; null where it has none. */
export interface CallerFiles {
  readonly ca: string;
  readonly certificate: string | null;
  readonly key: string | null;
}

/** The programs of the contract under mutual TLS, with roles, and one that asks nobody for a certificate. */
export class GuardedMesh {
  readonly mesh: SuiteMesh;
  readonly addresses: Readonly<Record<Exclude<Port, 'alone'>, string>>;
  /** A retrieval program with `tls.mode` `server`. */
  readonly askingNobody: { readonly address: string; readonly adminAddress: string };

  private constructor(
    mesh: SuiteMesh,
    addresses: GuardedMesh['addresses'],
    askingNobody: GuardedMesh['askingNobody'],
  ) {
    this.mesh = mesh;
    this.addresses = addresses;
    this.askingNobody = askingNobody;
  }

  static async create(): Promise<GuardedMesh> {
    const mesh = await SuiteMesh.create('guarded', { mutualTls: true });
    const attestation = await mesh.startAttestation();
    const { representation, retrieval } = await mesh.startServing();
    const addresses = {
      retrieval: retrieval.address,
      admin: retrieval.adminAddress,
      representation: representation.address,
      attestation: attestation.address,
    };
    return new GuardedMesh(mesh, addresses, await mesh.start('retrieval', { 'tls.mode': 'server' }));
  }

  /** What a caller has. */
  files(caller: GuardedCaller): CallerFiles {
    const { authorityFile, certificateFile, keyFile }: TlsFiles = this.mesh.tlsFiles(
      caller === 'nobody' ? 'ranker' : caller,
    );
    return caller === 'nobody'
      ? { ca: authorityFile, certificate: null, key: null }
      : { ca: authorityFile, certificate: certificateFile, key: keyFile };
  }
}
