import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProofError, type VerifiedAttestation, verifyAttestation } from '@isthmus/proof';
import { bundleFileName, logProofFileName, modelFiles } from '@isthmus/trainer';
import { readTrust } from './read-trust.js';

/** A model folder and where what verifies it is. */
export interface ModelFolder {
  readonly folder: string;
  /** The bundle; `attestation.sigstore.json` in the folder where absent. */
  readonly bundleFile?: string | undefined;
  /** The log proof; `attestation.tlog-proof` in the folder where absent, and there it may be missing. */
  readonly logProofFile?: string | undefined;
  readonly trustFile: string;
}

/** What the check found. */
export type FolderVerdict =
  | { readonly verified: true; readonly files: number; readonly attestation: VerifiedAttestation }
  | { readonly verified: false; readonly files: number; readonly code: string; readonly message: string };

/**
 * Verifies a model folder offline: signature, place in the log, every file against the subjects of the statement, and the
 * policy of the trust file. Throws where a file cannot be read.
 */
export async function verifyModelFolder(options: ModelFolder): Promise<FolderVerdict> {
  const { folder } = options;
  const bundle = await readFile(options.bundleFile ?? join(folder, bundleFileName));
  const logProof = await readLogProof(options);
  const trust = await readTrust(options.trustFile);
  const files = await modelFiles(folder);
  try {
    const attestation = verifyAttestation({
      bundle,
      files,
      trust,
      ...(logProof === undefined ? {} : { logProof }),
    });
    return { verified: true, files: files.length, attestation };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { verified: false, files: files.length, code: error.code, message: error.message };
  }
}

async function readLogProof({ folder, logProofFile }: ModelFolder): Promise<string | undefined> {
  if (logProofFile !== undefined) return readFile(logProofFile, 'utf8');
  return readFile(join(folder, logProofFileName), 'utf8').catch(() => undefined);
}
