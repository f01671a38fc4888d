import type { ConnectionSecurity, ObjectStore } from '@isthmus/chassis';
import { finishSigningBytes, type SigningKey, signMessage } from '@isthmus/proof';
import { GetAttestationRequest } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { FinishRunRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { RunSession, SessionEnd } from '../training/run-session.js';
import type { RunAttestation } from '../training/training-event.js';
import { awaitVerdict } from './await-verdict.js';
import { type AttestationClient, connectAttestation, type ProofClient } from './proof-client.js';
import { SegmentCommitter } from './segment-committer.js';
import { startRun } from './start-run.js';
import { untilItPasses } from './transient-failure.js';
import { uploadingStore } from './uploading-store.js';

/** What opens an attested run. */
export interface AttestedSessionOptions {
  /** `host:port` of the attestation service. */
  readonly address: string;
  readonly security: ConnectionSecurity;
  readonly proverKey: SigningKey;
  /** Canonical JSON. */
  readonly manifest: Uint8Array;
  /** Kept with the checkpoints, so that a run that goes on is the same run at the service. */
  readonly requestId: string;
  /** The prover's own seed, 32 bytes, for a `POSTHOC` run; undefined for an `ONLINE` one. */
  readonly seed: Uint8Array | undefined;
  readonly objects: ObjectStore;
  /** Objects that the service does not have, by digest; undefined where it shares the store. */
  readonly upload: readonly string[] | undefined;
}

/** Announces a run to the attestation service, or finds it again after a kill. */
export async function attestedSession(options: AttestedSessionOptions): Promise<RunSession> {
  const { proof, attestation } = connectAttestation(options.address, options.security);
  const close = (): void => {
    proof.close();
    attestation.close();
  };
  try {
    const { manifest, proverKey, requestId, seed, upload } = options;
    const objects = upload === undefined ? options.objects : uploadingStore(options.objects, proof);
    for (const digest of upload ?? []) await objects.put(await options.objects.get(digest));
    const started = await startRun(proof, manifest, proverKey, requestId, seed);
    const committer = new SegmentCommitter(proof, started.runId, started.window);
    return {
      mode: seed === undefined ? 'ONLINE' : 'POSTHOC',
      runId: started.runId,
      seed: started.seed,
      objects,
      commit: (segment) => committer.commit(segment),
      async finish(end) {
        await committer.settle();
        committer.close();
        await finishRun(proof, started.runId, end, proverKey);
        const verdict = await awaitVerdict(proof, started.runId, end);
        end.onChange({ event: 'verdict', verdict });
        if (verdict.state !== 'ATTESTED') return { verdict };
        return { verdict, attestation: await fetchAttestation(attestation, started.runId) };
      },
      close() {
        committer.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function finishRun(
  client: ProofClient,
  runId: string,
  end: SessionEnd,
  key: SigningKey,
): Promise<void> {
  const chainHead = new Uint8Array(Buffer.from(end.chainHead, 'hex'));
  const { segments, modelDigest, files } = end;
  const signature = signMessage(key, finishSigningBytes({ runId, segments, chainHead, modelDigest }));
  const request = FinishRunRequest.fromPartial({
    runId,
    segments: BigInt(segments),
    chainHead: Buffer.from(chainHead),
    files: files.map(({ name, sha256, sizeBytes }) => ({ name, sha256, sizeBytes: BigInt(sizeBytes) })),
    modelDigest,
    signature: Buffer.from(signature),
    requestId: runId,
  });
  await untilItPasses(() => client.finishRun(request));
}

async function fetchAttestation(client: AttestationClient, runId: string): Promise<RunAttestation> {
  const request = GetAttestationRequest.fromPartial({ key: { $case: 'runId', value: runId } });
  const response = await untilItPasses(() => client.getAttestation(request));
  return {
    id: response.attestation?.id ?? '',
    bundleDigest: response.bundleDigest,
    logProofDigest: response.logProofDigest,
    bundle: response.bundle.toString('utf8'),
    logProof: response.logProof,
    logIndex: String(response.attestation?.logIndex ?? 0n),
  };
}
