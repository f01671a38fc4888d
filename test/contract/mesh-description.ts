import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { ClientWorld } from './client-world.js';
import type { ContractWorld } from './contract-world.js';
import type { CallerFiles, GuardedMesh } from './guarded-mesh.js';

/** What an example or a README needs to know of the running mesh. Users are proto JSON. */
export interface MeshDescription {
  readonly addresses: ContractWorld['addresses'];
  readonly known: {
    readonly user: unknown;
    readonly coldUser: unknown;
    readonly itemIds: readonly string[];
    readonly retrievalModel: string;
    readonly representationModel: string;
    readonly attestationId: string;
    readonly modelDigest: string;
  };
  /** The same programs under mutual TLS, and what a ranker has to show them. */
  readonly guarded: { readonly addresses: GuardedMesh['addresses']; readonly ranker: CallerFiles };
  /** Key of the transparency log, C2SP vkey. */
  readonly logKey: string;
  /** Files on this machine, all about the retrieval model. */
  readonly files: {
    readonly user: string;
    readonly trust: string;
    readonly bundle: string;
    readonly logProof: string;
    /** Bundle of the representation model, which is not that of the answers. */
    readonly otherBundle: string;
    readonly modelDirectory: string;
  };
}

/** Describes the mesh; writes the files that it names. */
export async function describeMesh({ contract, guarded }: ClientWorld): Promise<MeshDescription> {
  const { mesh, users, addresses } = contract;
  const model = mesh.small.retrieval;
  const user = UserContext.toJSON(contract.user);
  const folder = join(mesh.directory, 'for-clients');
  const files: MeshDescription['files'] = {
    user: join(folder, 'user.json'),
    trust: join(folder, 'trust.json'),
    bundle: join(folder, 'model.sigstore.json'),
    logProof: join(folder, 'model.tlog-proof'),
    otherBundle: join(folder, 'other.sigstore.json'),
    modelDirectory: join(folder, 'model'),
  };
  await mkdir(files.modelDirectory, { recursive: true });
  await writeFile(files.user, JSON.stringify(user));
  await copyFile(mesh.small.trustFile, files.trust);
  await writeFile(files.bundle, model.attestation?.bundle ?? '');
  await writeFile(files.otherBundle, mesh.small.representation.attestation?.bundle ?? '');
  await writeFile(files.logProof, model.attestation?.logProof ?? '');
  for (const { name, sha256 } of model.files) {
    const path = join(files.modelDirectory, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, await mesh.objects.get(sha256));
  }
  const trust = JSON.parse(await readFile(files.trust, 'utf8')) as { logVerifierKey: string };
  return {
    addresses,
    known: {
      user,
      coldUser: UserContext.toJSON(users.context(users.cold[0]!)),
      itemIds: contract.targetItems(5),
      retrievalModel: 'gemirec',
      representationModel: 'ce-cdr',
      attestationId: model.attestation?.id ?? '',
      modelDigest: model.modelDigest,
    },
    guarded: { addresses: guarded.addresses, ranker: guarded.files('ranker') },
    logKey: trust.logVerifierKey,
    files,
  };
}
