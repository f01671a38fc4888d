import type { ServiceClient } from '@isthmus/chassis';
import { encodeFileList, modelDigest } from '@isthmus/proof';
import {
  type CommitSegmentsRequest,
  ProofServiceClient,
  type StartRunResponse,
} from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { TrainResult } from '@isthmus/trainer';
import { type People, people } from '../support/people.js';
import { SuiteMesh } from '../support/suite-mesh.js';
import { NoiseProver } from './announced-run.js';

/** A port of a program; `alone` is a retrieval service without a representation service. */
export type Port = 'retrieval' | 'alone' | 'representation' | 'attestation' | 'admin';

/** Open runs that the attestation service allows a prover here. */
export const runQuota = 2;

/** What the cases are about: a mesh of real programs, and what is in it. */
export class ContractWorld {
  readonly mesh: SuiteMesh;
  readonly users: People;
  readonly addresses: Readonly<Record<Port, string>>;
  readonly proof: ServiceClient<typeof ProofServiceClient.service>;

  private constructor(mesh: SuiteMesh, users: People, addresses: Readonly<Record<Port, string>>) {
    this.mesh = mesh;
    this.users = users;
    this.addresses = addresses;
    this.proof = mesh.connect(ProofServiceClient, addresses.attestation);
  }

  /** Starts the programs, and gives retrieval a version `broken` that could not be loaded. */
  static async create(): Promise<ContractWorld> {
    const mesh = await SuiteMesh.create('contract');
    const [users, attestation, { representation, retrieval }] = [
      await people(mesh.small),
      await mesh.startAttestation({
        'limits.openRunsPerProver': runQuota,
        'limits.maxObjectBytes': 2_000_000,
      }),
      await mesh.startServing(),
    ];
    const alone = await mesh.start('retrieval');
    await mesh
      .load(retrieval, { ...mesh.retrievalModel, version: 'broken', digest: 'ab'.repeat(32), labels: [] })
      .catch(() => undefined);
    return new ContractWorld(mesh, users, {
      retrieval: retrieval.address,
      admin: retrieval.adminAddress,
      alone: alone.address,
      representation: representation.address,
      attestation: attestation.address,
    });
  }

  /** A user with events in both domains. */
  get user(): UserContext {
    return this.users.context(this.users.warm[0]!);
  }

  /** Ids of the first items of the target domain. */
  targetItems(count: number): string[] {
    const { data, targetDomain } = this.users;
    return Array.from({ length: data.items }, (_, item) => data.item(item))
      .filter(({ domain }) => domain === targetDomain)
      .slice(0, count)
      .map(({ itemId }) => itemId);
  }

  /** A prover that is new to the service. */
  prover(): NoiseProver {
    return new NoiseProver(this.mesh.small.manifest);
  }

  /** A run that was announced and has its first segment to commit. */
  async startedRun(): Promise<{
    prover: NoiseProver;
    started: StartRunResponse;
    first: CommitSegmentsRequest;
  }> {
    const prover = this.prover();
    const started = await this.proof.startRun(prover.startRequest());
    return { prover, started, first: prover.commitRequest(started) };
  }

  /** A run whose first segment is committed. */
  async committedRun(): Promise<{ prover: NoiseProver; first: CommitSegmentsRequest }> {
    const { prover, first } = await this.startedRun();
    const stream = this.proof.commitSegments();
    await stream.write(first);
    stream.end();
    for await (const _acknowledged of stream);
    return { prover, first };
  }

  /** A model of one file that is in no store. */
  get absentModel(): Pick<TrainResult, 'modelDigest' | 'files'> {
    const files = [{ name: 'absent.bin', sha256: 'ef'.repeat(32), sizeBytes: 1 }];
    return { files, modelDigest: modelDigest(encodeFileList(files)) };
  }

  /** Id of the run in which the representation model was attested. */
  get attestedRunId(): string {
    return this.mesh.small.representation.runId ?? '';
  }
}
