import {
  type AssuranceLevel,
  type FileEntry,
  maxBundleBytes,
  maxLogProofBytes,
  ProofError,
  type VerifiedAttestation,
  verifyAttestation,
} from '@isthmus/proof';
import type { Logger } from 'pino';
import { failure, IsthmusError } from '../errors/isthmus-error.js';
import type { ObjectStore } from '../objects/object-store.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { admissionError } from './admission-error.js';
import { readTrustFile, type TrustFile } from './trust-file.js';

/** What a server asks of the models that it loads. */
export interface AdmissionPolicy {
  /** `off` asks for nothing, `warn` verifies and loads anyway, `enforce` refuses. */
  readonly mode: 'off' | 'warn' | 'enforce';
  /** Path of the trust file. Read at every load, so that a new key needs no restart. */
  readonly trustFile: string;
  /** Least assurance; that of the trust file where absent, `L3_FULL` where that does not say either. */
  readonly minimumAssurance?: AssuranceLevel;
  /** Whether the nonce must have come before the training; as with `minimumAssurance`, true in the end. */
  readonly requireOnline?: boolean;
  /** Whether the log must hold the attestation. Default true. A proof that is given is checked in any case. */
  readonly requireLogProof?: boolean;
}

/** What admission found out about a model. */
export interface Admitted {
  /** Empty where nothing was verified. */
  readonly attestationId: string;
  /** `NONE` where nothing was verified. */
  readonly assurance: AssuranceLevel | 'NONE';
}

/** A model that asks to be loaded. */
export interface Candidate {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the attestation bundle in the store; empty for none. */
  readonly bundleDigest: string;
  /** SHA-256 of the proof that the log holds the attestation; empty for none. */
  readonly logProofDigest: string;
  /** The files as they were fetched. */
  readonly entries: readonly FileEntry[];
}

const unverified: Admitted = { attestationId: '', assurance: 'NONE' };

/** Decides whether a model may be loaded, by its attestation. */
export class Admission {
  readonly #policy: AdmissionPolicy;
  readonly #objects: ObjectStore;
  readonly #logger: Logger;
  readonly #telemetry: Telemetry;

  constructor(
    policy: AdmissionPolicy,
    stands: { readonly objects: ObjectStore; readonly logger: Logger; readonly telemetry: Telemetry },
  ) {
    this.#policy = policy;
    this.#objects = stands.objects;
    this.#logger = stands.logger;
    this.#telemetry = stands.telemetry;
  }

  /** @throws MODEL_UNATTESTED, MODEL_ALTERED or MODEL_NOT_ADMITTED where the mode is `enforce` */
  async admit(candidate: Candidate): Promise<Admitted> {
    const { mode } = this.#policy;
    if (mode === 'off') return this.#decided('unchecked', unverified);
    try {
      const { attestationId, assurance } = await this.#verify(candidate);
      return this.#decided('admitted', { attestationId, assurance });
    } catch (error) {
      if (!(error instanceof IsthmusError)) throw error;
      if (mode === 'enforce') {
        this.#decided('refused', unverified);
        throw error;
      }
      const { name, version } = candidate;
      this.#logger.warn(
        { model: name, version, reason: error.reason },
        `loaded all the same: ${error.message}`,
      );
      return this.#decided('warned', unverified);
    }
  }

  async #verify(candidate: Candidate): Promise<VerifiedAttestation> {
    if (candidate.bundleDigest === '') {
      throw failure(
        'MODEL_UNATTESTED',
        `The model ${candidate.name} ${candidate.version} carries no attestation. Train it with a proof, or relax admission.mode.`,
        { metadata: { name: candidate.name, version: candidate.version } },
      );
    }
    const trust = await this.#trust();
    const bundle = await this.#proofPart(candidate, candidate.bundleDigest, maxBundleBytes);
    const logProof =
      candidate.logProofDigest === ''
        ? undefined
        : await this.#proofPart(candidate, candidate.logProofDigest, maxLogProofBytes);
    try {
      return verifyAttestation({
        bundle,
        ...(logProof === undefined ? {} : { logProof: Buffer.from(logProof).toString('utf8') }),
        files: candidate.entries,
        trust: {
          attestationKeys: trust.attestationKeys,
          ...(trust.logVerifierKey === undefined ? {} : { logVerifierKey: trust.logVerifierKey }),
          minimumAssurance: this.#policy.minimumAssurance ?? trust.minimumAssurance ?? 'L3_FULL',
          requireOnline: this.#policy.requireOnline ?? trust.requireOnline ?? true,
          requireLogProof: this.#policy.requireLogProof ?? true,
        },
      });
    } catch (error) {
      throw error instanceof ProofError ? admissionError(candidate, error) : error;
    }
  }

  async #trust(): Promise<TrustFile> {
    const { trustFile } = this.#policy;
    const trust = await readTrustFile(trustFile);
    if (trust) return trust;
    throw failure(
      'MODEL_NOT_ADMITTED',
      'Nobody is trusted: there is no trust file. The attestation service writes trust.json; name it with --admission.trustFile.',
      { metadata: { requirement: 'trustFile' } },
    );
  }

  /** Reads the bundle or the log proof, whose size is checked before its bytes are fetched. */
  async #proofPart({ name, version }: Candidate, digest: string, maxBytes: number): Promise<Uint8Array> {
    if ((await this.#objects.size(digest)) > maxBytes) {
      throw failure(
        'MODEL_UNATTESTED',
        `A part of the attestation of ${name} ${version} is larger than the ${maxBytes} bytes that it may have.`,
        { metadata: { name, version } },
      );
    }
    return this.#objects.get(digest).catch((error) => {
      if (!(error instanceof IsthmusError) || error.reason !== 'OBJECT_DIGEST_MISMATCH') throw error;
      throw failure(
        'MODEL_ALTERED',
        `The attestation of ${name} ${version} was damaged in the store. Fetch it again.`,
        { metadata: { name, version }, cause: error },
      );
    });
  }

  #decided(outcome: string, admitted: Admitted): Admitted {
    this.#telemetry.count('isthmus.admission.decisions', 1, {
      'isthmus.outcome': outcome,
      'isthmus.admission.mode': this.#policy.mode,
      'isthmus.admission.assurance': admitted.assurance,
    });
    return admitted;
  }
}
